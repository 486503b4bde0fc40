import { Button } from '@tarojs/components';
import type { PhoneButtonProps } from './phone-types';

/** The only way to a phone number that WeChat vouches for: its own button. */
export function PhoneButton({ onCode, onRefused, disabled, children }: PhoneButtonProps) {
  return (
    <Button
      className="button button--main"
      openType="getPhoneNumber"
      disabled={disabled}
      onGetPhoneNumber={({ detail }) => {
        if (detail.code) onCode(detail.code);
        else onRefused('没有取得手机号，您也可以在下面手工填写。');
      }}
    >
      {children}
    </Button>
  );
}
