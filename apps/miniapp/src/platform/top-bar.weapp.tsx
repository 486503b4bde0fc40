/** WeChat draws the bar with the title and the way back itself. */
export function TopBar() {
  return null;
}
