import { Column, Entity, Index } from 'typeorm';
import { DayColumn, IdColumn, IdPrimary, IntColumn, JsonColumn, TextColumn } from '../db/columns.js';

export interface Period {
  /** Minutes after midnight, local. */
  from: number;
  to: number;
}

@Entity('hall')
@Index('ux_hall_code', ['code'], { unique: true })
export class HallEntity {
  @IdPrimary() id!: string;
  @TextColumn(20) code!: string;
  @TextColumn(50) name!: string;
  @TextColumn(20) serves!: 'residents' | 'companies';
  @TextColumn(200) address!: string;
  @TextColumn(500) transport!: string;
  @TextColumn(32) phone!: string;
  @JsonColumn() facilities!: string[];
  @Column({ type: 'double' }) latitude!: number;
  @Column({ type: 'double' }) longitude!: number;
  /** Seven lists of opening periods, Monday first; they do not hold on public holidays unless a `hall_day` says so. */
  @JsonColumn() week!: Period[][];
  @JsonColumn() notices!: { title: string; body: string }[];
  @JsonColumn() courierAddress!: {
    name: string;
    phone: string;
    province: string;
    city: string;
    county: string;
    detail: string;
  };
}

/** A day that differs from the weekly plan: beats weekday, weekend and holiday rules alike. */
@Entity('hall_day')
@Index('ux_hall_day', ['hallId', 'day'], { unique: true })
export class HallDayEntity {
  @IdPrimary() id!: string;
  @IdColumn() hallId!: string;
  @DayColumn() day!: string;
  @JsonColumn() periods!: Period[];
  @TextColumn(100, { nullable: true }) note!: string | null;
}

@Entity('department')
@Index('ux_department_code', ['code'], { unique: true })
export class DepartmentEntity {
  @IdPrimary() id!: string;
  @TextColumn(20) code!: string;
  @TextColumn(50) name!: string;
  @TextColumn(20) shortName!: string;
  /** 统一社会信用代码 */
  @TextColumn(18) creditCode!: string;
  @TextColumn(32) phone!: string;
  @IntColumn() rank!: number;
}
