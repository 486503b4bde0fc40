import Taro from '@tarojs/taro';
import type { AddToCalendar } from './types';

export const addToCalendar: AddToCalendar = async ({ title, start, end, place, text, remindMinutes }) => {
  const seconds = (instant: string) => Math.round(Date.parse(instant) / 1_000);
  try {
    await Taro.addPhoneCalendar({
      title,
      startTime: seconds(start),
      endTime: String(seconds(end)),
      location: place,
      description: text,
      alarm: true,
      alarmOffset: remindMinutes * 60,
    });
    return 'added';
  } catch {
    // Closed, or not allowed to write into the calendar.
    return 'refused';
  }
};
