/** WeChat draws the bar with the title and the way back itself. */
export function TopBar() {
  return null;
}

/** The frame's own class: here the system's bars are outside of the page. */
export function useFrameClass(_ownTabs: boolean): string {
  return '';
}
