import { parseDocument, type Document } from 'yaml';

/** Changes a YAML text in place: comments, order and quotes of what isn't touched stay. */
export function editYaml(text: string, edit: (document: Document) => void): string {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw error;
  edit(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
