/** Where the demo's stand-ins for WeChat, WeChat Pay and EMS are; a production server has no such address. */
export interface DemoConfig {
  readonly sims: { readonly wechat: string; readonly pay: string; readonly ems: string };
  readonly residents?: readonly { readonly key: string; readonly name: string; readonly about: string }[];
}

declare global {
  interface Window {
    __HAOBAN__?: DemoConfig;
  }
}

export const openInWechat = '请在微信中打开“好办”小程序使用这项功能。';

let loading: Promise<DemoConfig | undefined> | undefined;

export function demoConfig(): Promise<DemoConfig | undefined> {
  loading ??= load();
  return loading;
}

async function load(): Promise<DemoConfig | undefined> {
  if (window.__HAOBAN__) return window.__HAOBAN__;
  try {
    const answer = await fetch('/demo/config.json', { headers: { accept: 'application/json' } });
    if (!answer.ok) return undefined;
    const config = (await answer.json()) as DemoConfig;
    window.__HAOBAN__ = config;
    return config;
  } catch {
    // No connection now; ask again next time.
    loading = undefined;
    return undefined;
  }
}

/** Calls a simulator's control route. Resolves undefined where it could not be reached or refused. */
export async function callSimulator(
  base: string,
  path: string,
  body: unknown,
): Promise<Record<string, unknown> | undefined> {
  try {
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const result = (await answer.json()) as Record<string, unknown>;
    return answer.ok ? result : undefined;
  } catch {
    return undefined;
  }
}
