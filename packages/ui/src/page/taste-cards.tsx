import type { ReactElement } from "react";
import { Segmented } from "../controls/choices.tsx";
import { Card } from "../controls/surfaces.tsx";
import { useWords } from "../use-words.ts";
import { createWords } from "../words.ts";
import type { Taste } from "./taste.ts";

const words = createWords({
  en: {
    language: "Language",
    units: "Units",
    metric: "km, °C",
    imperial: "mi, °F",
    look: "Look",
    device: "As the device",
    day: "Day",
    night: "Night",
  },
  "zh-CN": {
    language: "语言",
    units: "单位",
    metric: "公里、°C",
    imperial: "英里、°F",
    look: "外观",
    device: "跟随系统",
    day: "白天",
    night: "夜间",
  },
});

/** Language, units and look of this browser, each on a card of its own. */
export function TasteCards(props: { readonly taste: Taste; readonly onTaste: (taste: Taste) => void }): ReactElement {
  const say = useWords(words);
  const { taste, onTaste } = props;
  return (
    <>
      <Card title={say.language} icon="globe">
        <Segmented
          label={say.language}
          value={taste.language}
          choices={[
            { value: "en", label: "English" },
            { value: "zh-CN", label: "中文" },
          ]}
          onChange={(language) => onTaste({ ...taste, language })}
        />
      </Card>
      <Card title={say.units} icon="speed">
        <Segmented
          label={say.units}
          value={taste.units}
          choices={[
            { value: "metric", label: say.metric },
            { value: "imperial", label: say.imperial },
          ]}
          onChange={(units) => onTaste({ ...taste, units })}
        />
      </Card>
      <Card title={say.look} icon="sun">
        <Segmented
          label={say.look}
          value={taste.look}
          choices={[
            { value: "device", label: say.device },
            { value: "day", label: say.day },
            { value: "night", label: say.night },
          ]}
          onChange={(look) => onTaste({ ...taste, look })}
        />
      </Card>
    </>
  );
}
