/** Of a DNS label (RFC 1123), which names of namespaces and values of labels keep to. */
export const longestLabel = 63;

/** Lower-case letters and digits of ASCII, hyphens between, at most 63 characters. */
export const isDnsLabel = (text: string): boolean =>
  text.length <= longestLabel && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text);
