import { Text, View } from '@tarojs/components';
import { open } from '../../hooks/navigate';
import type { Principal } from '../../hooks/use-principals';
import { Button } from '../../ui/button';
import { ChoiceRows } from '../../ui/choice';

const MYSELF = 'self';

/** Who comes: the account's owner, or somebody who gave an authorisation. */
export function WhoChoice(props: {
  ownName: string;
  principals: readonly Principal[];
  value: string | undefined;
  onChange: (authorisationId: string | undefined) => void;
}) {
  const { ownName, principals, value, onChange } = props;
  return (
    <View>
      {principals.length > 0 ? (
        <ChoiceRows
          label="替谁办"
          name="who"
          value={value ?? MYSELF}
          choices={[
            { value: MYSELF, text: `本人 ${ownName}` },
            ...principals.map(({ id, name, relationText }) => ({
              value: id,
              text: name,
              note: relationText,
            })),
          ]}
          onChange={(next) => onChange(next === MYSELF ? undefined : next)}
        />
      ) : (
        <Text className="block">本人 {ownName}</Text>
      )}
      <Button kind="quiet" act="family" onTap={() => open('pages/account/family/index')}>
        替家人或单位预约：管理授权
      </Button>
    </View>
  );
}
