import { ApiError } from '@haoban/client';
import type { Payment } from '@haoban/contracts';
import { api } from '../api/api';
import { requestPayment } from '../platform/payment';

export type Paid =
  { kind: 'paid' } | { kind: 'pending' } | { kind: 'cancelled' } | { kind: 'failed'; text: string };

const CHECKS = 5;
const CHECK_EVERY_MS = 1_200;

/** Pays and asks the server whether it was paid: what the phone says is only a hint. */
export async function pay(payment: Pick<Payment, 'id' | 'amountFen' | 'description'>): Promise<Paid> {
  const paymentId = payment.id;
  const { payParams } = await api.payment.prepay({ paymentId });
  const outcome = await requestPayment(payParams, {
    amountFen: payment.amountFen,
    title: payment.description,
  });
  if (outcome.kind === 'cancelled') return outcome;
  if (outcome.kind === 'failed') return outcome;
  for (let check = 0; check < CHECKS; check += 1) {
    if (await isPaid(paymentId)) return { kind: 'paid' };
    await new Promise((done) => setTimeout(done, CHECK_EVERY_MS));
  }
  return { kind: 'pending' };
}

async function isPaid(paymentId: string): Promise<boolean> {
  try {
    const { state } = await api.payment.refresh({ paymentId });
    return state === 'paid';
  } catch (error) {
    // WeChat Pay is not to be reached at the moment; its notice will tell the server.
    if (error instanceof ApiError) return false;
    throw error;
  }
}
