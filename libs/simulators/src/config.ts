/** Kinds of template values that WeChat checks, e.g. `thing` for `thing1`. */
export interface WechatTemplate {
  title: string;
  /** Keys in order, e.g. `['thing1', 'time2']`, each with the label shown on the phone. */
  fields: Record<string, string>;
}

export interface WechatConfig {
  /** 0 = any free port. */
  port: number;
  appid: string;
  secret: string;
  /** By template id. Without it every template id is known and a key's kind is read from its name. */
  templates?: Record<string, WechatTemplate>;
  /** Pages of the released mini-program, without leading slash. Without it every page is known. */
  pages?: readonly string[];
  /** Where the same app runs in a browser; the codes lead there. Without it they carry the bare page. */
  appUrl?: string;
}

export interface PayConfig {
  port: number;
  appid: string;
  mchid: string;
  merchantSerial: string;
  /** Public key or certificate of the merchant, PEM: verifies what our side signs. */
  merchantPublicKeyPem: string;
  /** `PUB_KEY_ID_…` */
  platformSerial: string;
  platformPrivateKeyPem: string;
  /** 32 characters. */
  apiV3Key: string;
  /** Factor on the official notice ladder 15s/15s/30s/3m/…; 0.01 makes it 150 ms, 150 ms, 300 ms, 1.8 s, … */
  ladderScale: number;
}

export interface EmsConfig {
  port: number;
  /** Agreement customer number, 13 or 14 digits. */
  senderNo: string;
  authorization: string;
  /** Base64 of 16 bytes. */
  signKey: string;
  /** Where scans are pushed (040002); empty = no pushes. */
  pushUrl: string;
  /** Every mail takes its next usual scan after this many ms. */
  autoAdvanceMs?: number;
  /** Whether pushes carry deliverCode; public clients read it from 040001 rows only, so default false. */
  pushDeliverCode?: boolean;
  /** Waits between push attempts, ms. The real schedule is not published. */
  pushRetryMs?: readonly number[];
}

export interface SimulatorsConfig {
  host: string;
  /** Folder for the saved states; without it nothing outlives the process. */
  stateDir?: string;
  wechat: WechatConfig;
  pay: PayConfig;
  ems: EmsConfig;
}

export interface RunningSimulator {
  /** `http://host:port`, no slash at the end. */
  url: string;
  close(): Promise<void>;
}

export interface Simulators {
  wechat: RunningSimulator;
  pay: RunningSimulator;
  ems: RunningSimulator;
  close(): Promise<void>;
}
