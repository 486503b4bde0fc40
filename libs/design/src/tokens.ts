/** The values of tokens.css for what can't read CSS variables: tab bars, canvas, charts and theme objects. */
export const colours = {
  primary: '#0b6b4f',
  primaryStrong: '#08543e',
  primaryTint: '#e7f3ee',
  onPrimary: '#ffffff',
  ink: '#1b2421',
  ink2: '#4a5753',
  ink3: '#66736e',
  page: '#f4f6f5',
  card: '#ffffff',
  line: '#dde3e0',
  controlLine: '#8a9691',
  called: '#b3261e',
  calledTint: '#fdecea',
  warn: '#8a5a00',
  warnTint: '#fff4db',
  info: '#1f5fa8',
  infoTint: '#e8f0fa',
  displayGround: '#08231b',
  displayText: '#f4f7f5',
  displayAccent: '#ffd166',
  displayCalled: '#ff8a75',
} as const;

/** Pixels. */
export const radii = { card: 12, control: 8 } as const;
export const spaces = [4, 8, 12, 16, 24, 32] as const;

/** Type sizes on the phone in pixels; in elder mode each grows by `elderScale` and none stays under `elderSmallest`. */
export const typeSizes = { tiny: 12, small: 14, body: 16, title: 20, large: 28, number: 40 } as const;
export const elderScale = 1.35;
export const elderSmallest = 18;

/** The least height of what is touched, in pixels. */
export const touch = { normal: 44, large: 60 } as const;

export const fontFamily =
  "'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif";
