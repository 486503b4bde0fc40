/** The length of one design pixel of type: `rem` follows the type size that the person set in the browser. */
export function typeUnit(): string {
  return '0.0625rem';
}
