const button = { 'aria-role': '', 'aria-label': '', 'aria-disabled': '' };

export const aria = {
  View: button,
  Image: { 'aria-label': '' },
  Input: { 'aria-label': '' },
  Textarea: { 'aria-label': '' },
};
