import type { RouteNotice, RouteSummary } from "@caravan/link";
import { Chip, Icon, type IconName } from "@caravan/ui";
import type { ReactElement } from "react";
import { useSay, type Say } from "../../words/words.ts";

/** Facts that fit into a chip; the rest needs a sentence. */
const chips: Readonly<Partial<Record<RouteNotice["kind"], IconName>>> = {
  toll: "toll",
  motorway: "motorway",
  ferry: "ferry",
  unpaved: "unpaved",
};

function noticeWord(say: Say, kind: RouteNotice["kind"]): string {
  switch (kind) {
    case "toll":
      return say.noticeToll;
    case "motorway":
      return say.noticeMotorway;
    case "ferry":
      return say.noticeFerry;
    case "unpaved":
      return say.noticeUnpaved;
    case "restricted":
      return say.noticeRestricted;
    case "avoided-anyway":
      return say.noticeAvoidedAnyway;
    case "over-map-edge":
      return say.noticeOverMapEdge;
    case "low-charge":
      return say.tooFar;
    case "closure":
      return say.noticeClosure;
  }
}

/** What one should know of a way before taking it. */
export function Notices(props: { readonly route: RouteSummary }): ReactElement {
  const say = useSay();
  const { notices } = props.route;
  const short = notices.flatMap(({ kind }) => {
    const icon = chips[kind];
    return icon === undefined ? [] : [{ kind, icon }];
  });
  const long = notices.filter(({ kind }) => chips[kind] === undefined);
  return (
    <>
      {short.length === 0 ? null : (
        <div className="notices-list">
          {short.map(({ kind, icon }) => (
            <Chip key={kind} icon={icon} label={noticeWord(say, kind)} />
          ))}
        </div>
      )}
      {long.map(({ kind }) => (
        <p key={kind} className="notice-line" data-bad={kind === "low-charge"}>
          <Icon name={kind === "closure" ? "closure" : "warning"} size="34px" />
          {noticeWord(say, kind)}
        </p>
      ))}
    </>
  );
}
