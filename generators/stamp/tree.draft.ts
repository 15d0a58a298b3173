import { textFile, type FileTree, type TreeFile } from '../tree/index.ts';

/** A tree in which some files may be edited; the others are shared with the tree that it was made from. */
export class TreeDraft {
  readonly #files: Map<string, TreeFile>;
  constructor(tree: FileTree) {
    this.#files = new Map(tree);
  }

  get tree(): FileTree {
    return this.#files;
  }

  /** @throws Error that names the file when it isn't there or can't be edited */
  edit(path: string, change: (text: string) => string): void {
    const file = this.#files.get(path);
    if (!file) throw new Error(`${path} is not there. Take it back from your history, or register by hand.`);
    try {
      this.#files.set(path, { ...textFile(change(file.contents.toString())), mode: file.mode });
    } catch (error) {
      throw new Error(`${path} ${(error as Error).message}. Mend it, or register the service by hand.`, {
        cause: error,
      });
    }
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  get paths(): string[] {
    return [...this.#files.keys()];
  }

  add(path: string, text: string): void {
    this.#files.set(path, textFile(text));
  }

  /** Takes a whole folder out. */
  removeFolder(folder: string): void {
    for (const path of this.paths.filter((candidate) => candidate.startsWith(`${folder}/`))) {
      this.#files.delete(path);
    }
  }
}
