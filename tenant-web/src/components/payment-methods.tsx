import { Radio, Space } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import type { PaymentMethod } from '../client/contract';
import { VirtualTag } from './tags';

type Channel = PaymentMethod['channel'];
type Props = { items: readonly PaymentMethod[]; chosen: Channel | undefined; choose: (channel: Channel) => void };

/** Where a bill can be paid; what only pretends says so. */
export function PaymentMethods({ items, chosen, choose }: Props) {
  const { i18n } = useTranslation();
  return (
    <Radio.Group {...(chosen ? { value: chosen } : {})} onChange={(value) => choose(value as Channel)}>
      <Space direction="vertical" block>
        {items.map(({ channel, name, simulated }) => (
          <Radio key={channel} value={channel} block>
            {i18n.language === 'en' ? name.en : name.zh} {simulated && <VirtualTag of="payment" />}
          </Radio>
        ))}
      </Space>
    </Radio.Group>
  );
}
