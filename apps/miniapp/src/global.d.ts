/** Set by the build (config/index.ts): the address of the API, empty for the page's own origin. */
declare const HAOBAN_API: string;

declare module '*.css';
declare module '*.scss';
declare module '*.png' {
  const path: string;
  export default path;
}
