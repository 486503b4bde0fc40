import { Input, Select } from 'antd';
import { BookingList } from './booking-list.js';
import { useBookingsPage } from './use-bookings-page.js';

export default function BookingsPage() {
  const { q, setQ, queueId, setQueueId, queues } = useBookingsPage();
  return (
    <div className="page">
      <div className="page-head">
        <h1>今日预约</h1>
        <Select
          aria-label="队列"
          allowClear
          placeholder="全部队列"
          style={{ width: 180 }}
          value={queueId}
          onChange={setQueueId}
          options={queues.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Input.Search
          aria-label="查找预约"
          autoFocus
          allowClear
          placeholder="预约码或姓名"
          maxLength={30}
          style={{ width: 280 }}
          onSearch={(value) => setQ(value.trim())}
        />
      </div>
      <BookingList {...(q && { q })} {...(queueId && { queueId })} />
    </div>
  );
}
