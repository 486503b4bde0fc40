const view = {
  'aria-role': '',
  'aria-label': '',
  'aria-disabled': '',
  'aria-checked': '',
  'aria-live': '',
  'aria-hidden': '',
};

export const aria = {
  View: view,
  Image: { 'aria-label': '' },
  Input: { 'aria-label': '' },
  Textarea: { 'aria-label': '' },
};
