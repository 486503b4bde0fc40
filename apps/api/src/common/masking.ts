const PERSONAL =
  /^(authorization|cookie|set-cookie|password|.*secret|.*token|.*apikey|.*signkey|code|js_?code|(agent_?)?id_?number|document|id_?last4|(real_?|applicant_?|receiver_?|citizen_?|agent_?)name|name|phone|mobile|address|open_?id|union_?id|session_?key)$/i;
const HIDDEN = '[hidden]';

/** Copies plain data with personal and secret fields hidden, six levels deep; class instances are left to serializers. */
export function hidePersonal(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return depth > 6 ? HIDDEN : value.map((entry) => hidePersonal(entry, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  if (depth > 6) return HIDDEN;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      PERSONAL.test(key) && typeof inner !== 'number' ? HIDDEN : hidePersonal(inner, depth + 1),
    ]),
  );
}

/** A request's path for the log: values of the query and secrets in provider call-backs are hidden. */
export function hideQuery(url: string): string {
  if (!url.includes('?') && !url.startsWith('/api/providers/')) return url;
  const [path = '', query] = url.split('?', 2);
  const shown = path.replace(/^(\/api\/providers\/ems\/trace\/).+$/, `$1${HIDDEN}`);
  if (query === undefined) return shown;
  const names = [...new URLSearchParams(query).keys()];
  return `${shown}?${names.map((name) => `${encodeURIComponent(name)}=…`).join('&')}`;
}
