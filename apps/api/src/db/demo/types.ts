import type { VisitKind } from '@haoban/domain';

/**
 * The demo city as plain data. Everything here is invented: region code 359901 is not allotted, mobile numbers begin with
 * 154, which no operator uses, and the halls stand at no real address. The seeder maps it to tables and adds the calendar.
 */

/** `HH:MM`, local time of the hall (Asia/Shanghai). */
export type TimeOfDay = string;

/** ISO weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type HallCode = 'RC-SM' | 'RC-XZ';

/**
 * A workday is 6.5 to 7 hours of service. A statute that counts calendar days (“六十日”) is given here as the workdays
 * that fall into it, days × 5/7 rounded down, so that the promise is never compared with a longer time than the law allows.
 */
export interface DemoDuration {
  readonly value: number;
  readonly unit: 'minute' | 'hour' | 'workday';
}

/** One opening period that holds on the given weekdays; the same periods apply to every queue unless its rule is narrower. */
export interface DemoOpening {
  readonly weekdays: readonly Weekday[];
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
  /** Shown beside the hours, such as 周末延时服务. */
  readonly note: string | null;
}

export interface DemoNotice {
  readonly title: string;
  readonly body: string;
}

/** 政务服务中心. `latitude` and `longitude` are GCJ-02, as WeChat's map expects. */
export interface DemoHall {
  readonly code: HallCode;
  readonly name: string;
  readonly serves: 'residents' | 'companies';
  readonly address: string;
  readonly transport: string;
  readonly phone: string;
  readonly facilities: readonly string[];
  readonly latitude: number;
  readonly longitude: number;
  readonly opening: readonly DemoOpening[];
  readonly notices: readonly DemoNotice[];
}

/** 进驻部门. `uscc` is the 统一社会信用代码 with a valid GB 32100 check character. */
export interface DemoDepartment {
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly uscc: string;
  readonly phone: string;
}

/** Bookable capacity of one queue in one opening period. */
export interface DemoBookingRule {
  /** Shown to managers, such as 上午. */
  readonly name: string;
  readonly kind: VisitKind;
  readonly weekdays: readonly Weekday[];
  readonly from: TimeOfDay;
  readonly to: TimeOfDay;
  readonly slotMinutes: 15 | 20 | 30 | 60;
  /** Parallel places that the public may book. */
  readonly desksPublic: number;
  /** For the green channel, beside the public ones. */
  readonly desksGreen: number;
  /** Parallel places in all, including the public and green ones; the rest is kept for phone and hall bookings. */
  readonly desksInternal: number;
  /** Visits of two slots and more at the same time. */
  readonly longPlaces: number;
  /** Days ahead of today from which and up to which one may book; 0 is today. */
  readonly bookFromDays: number;
  readonly bookToDays: number;
}

/** 叫号队列. A ticket reads prefix + number, such as A038; each queue counts from `firstNumber` every day. */
export interface DemoQueue {
  /** Unique in the city, such as SM-A. */
  readonly code: string;
  readonly hall: HallCode;
  readonly name: string;
  readonly prefix: string;
  readonly floor: string;
  readonly zone: string;
  readonly firstNumber: number;
  readonly lastNumber: number;
  readonly remoteAllowed: boolean;
  /** Tickets a day in all, booked ones included. */
  readonly dailyCap: number;
  readonly booking: readonly DemoBookingRule[];
}

/** 窗口. `queues` are the queue codes that it serves, its own first; several make an 综合窗口. */
export interface DemoDesk {
  readonly hall: HallCode;
  readonly number: number;
  readonly label: string;
  readonly floor: string;
  readonly zone: string;
  readonly queues: readonly string[];
}

/** What the API draws as the specimen (样例) of a material: a title and the filled-in fields from top to bottom. */
export interface DemoSample {
  readonly title: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
}

export interface DemoMaterial {
  readonly name: string;
  readonly originals: number;
  readonly copies: number;
  readonly form: 'paper' | 'electronic' | 'either';
  readonly required: boolean;
  readonly note: string | null;
  readonly sample: DemoSample;
}

/** The first fee of an item is what a usual case costs; a later one applies only in the case that its name states. */
export interface DemoFee {
  readonly name: string;
  readonly fen: number;
  readonly basis: string;
}

/** `article` is null where the whole act is the basis. `text` is a short quotation or a paraphrase. */
export interface DemoLegalBasis {
  readonly law: string;
  readonly article: string | null;
  readonly text: string;
}

export interface DemoProcessStep {
  readonly name: string;
  readonly text: string;
}

export interface DemoQuestion {
  readonly question: string;
  readonly answer: string;
}

/** Where an item is handled; floor and zone are those of the queue. */
export interface DemoPlace {
  /** How people may be served; null is at the window only. */
  readonly kinds: readonly VisitKind[] | null;
  readonly hall: HallCode;
  readonly floor: string;
  readonly zone: string;
  readonly queue: string;
}

/** What an item file states; `defineItems` adds what follows from the department and the queues. */
export interface DemoItemSpec {
  /** Stable key, unique in the city, for hot lists and tests. */
  readonly slug: string;
  /** 基本编码: 2 region + 2 item type (01 许可, 05 给付, 07 确认, 10 其他, 20 公共服务) + 5 main + 3 sub. */
  readonly baseCode: string;
  readonly name: string;
  /** 即办件 or 承诺件. */
  readonly kind: 'instant' | 'promised';
  readonly promised: DemoDuration;
  readonly statutory: DemoDuration;
  readonly steps: '1+1' | '2+1' | '3+1';
  readonly audience: 'person' | 'company' | 'both';
  readonly queues: readonly string[];
  /** Minutes at the desk: the median and the 80th percentile. */
  readonly serviceMinutes: { readonly p50: number; readonly p80: number };
  /** Consecutive slots that a booking takes. */
  readonly slotsNeeded: 1 | 2 | 3;
  readonly bookable: boolean;
  /** The result may be sent by courier. */
  readonly courierAllowed: boolean;
  /** 一趟不用跑. */
  readonly zeroVisit: boolean;
  /** Certificate or document issued, or null. */
  readonly certificateName: string | null;
  /** 1 is the most asked for. */
  readonly popularRank: number;
  readonly keywords: readonly string[];
  readonly conditions: readonly string[];
  readonly process: readonly DemoProcessStep[];
  readonly materials: readonly DemoMaterial[];
  /** Empty: free of charge. */
  readonly fees: readonly DemoFee[];
  readonly legalBasis: readonly DemoLegalBasis[];
  readonly faq: readonly DemoQuestion[];
}

/** 办事事项. `code` is the 31-character 实施编码: USCC of the department + 行使层级 + 基本编码 (GB/T 39554.1-2020). */
export interface DemoItem extends DemoItemSpec {
  readonly department: string;
  readonly code: string;
  readonly places: readonly DemoPlace[];
}

/** Staff account. `hall` is null for the city's administrator; `deskNumber` is where a clerk usually sits. */
export interface DemoStaff {
  readonly username: string;
  readonly name: string;
  readonly role: 'clerk' | 'courier_desk' | 'manager' | 'admin' | 'display';
  readonly hall: HallCode | null;
  readonly deskNumber: number | null;
}

export interface DemoAddress {
  readonly province: string;
  readonly city: string;
  readonly county: string;
  readonly detail: string;
}

/** 示例市民. `key` is the login code that the WeChat simulator accepts for this person. */
export interface DemoResident {
  readonly key: string;
  readonly name: string;
  readonly idNumber: string;
  readonly mobile: string;
  readonly address: DemoAddress;
  readonly elderMode: boolean;
  /** What the green channel may rest on; null for none. */
  readonly priority: 'elderly' | 'disabled' | 'pregnant' | null;
  /** The company on whose behalf this person comes, or null. */
  readonly company: { readonly name: string; readonly uscc: string } | null;
  /** One sentence for the demo account list. */
  readonly about: string;
}

/** Somebody else who uses the halls, without an account of the demo to sign in with. */
export type DemoNeighbour = Pick<DemoResident, 'key' | 'name' | 'idNumber' | 'mobile' | 'elderMode'>;

/** 评价标签 by level, 5 (非常满意) to 1 (非常不满意). */
export interface DemoRatingLevel {
  readonly level: 1 | 2 | 3 | 4 | 5;
  readonly name: string;
  readonly tags: readonly string[];
}

export interface DemoCity {
  readonly name: string;
  readonly province: string;
  readonly halls: readonly DemoHall[];
  readonly departments: readonly DemoDepartment[];
  readonly queues: readonly DemoQueue[];
  readonly desks: readonly DemoDesk[];
  readonly items: readonly DemoItem[];
  /** Slugs for the start page, best first. */
  readonly hotItems: readonly string[];
  readonly staff: readonly DemoStaff[];
  readonly residents: readonly DemoResident[];
  readonly neighbours: readonly DemoNeighbour[];
  readonly ratingLevels: readonly DemoRatingLevel[];
}
