import { Toast, type IconName } from "@caravan/ui";
import { createContext, useCallback, useContext, useState, type ReactElement, type ReactNode } from "react";

/** One sentence for the driver, at most one at a time; a newer one takes its place. */
export interface Notice {
  readonly text: string;
  readonly tone?: "plain" | "good" | "caution" | "danger";
  readonly icon?: IconName;
  /** How long it stays, six seconds unless told. */
  readonly seconds?: number;
  readonly undo?: { readonly label: string; readonly onPress: () => void };
}

const Notices = createContext<(notice: Notice) => void>(() => undefined);

/** Says one sentence over the map. */
export const useNotices = (): ((notice: Notice) => void) => useContext(Notices);

export function NoticesProvider(props: { readonly children: ReactNode }): ReactElement {
  const [notice, setNotice] = useState<Notice>();
  const notify = useCallback((next: Notice) => setNotice(next), []);
  const close = () => setNotice(undefined);
  const undo = notice?.undo;
  return (
    <Notices value={notify}>
      {props.children}
      <div className="notices" aria-live="polite">
        {notice === undefined ? null : (
          <Toast
            text={notice.text}
            onClose={close}
            {...(notice.tone === undefined ? {} : { tone: notice.tone })}
            {...(notice.seconds === undefined ? {} : { seconds: notice.seconds })}
            {...(notice.icon === undefined ? {} : { icon: notice.icon })}
            {...(undo === undefined
              ? {}
              : {
                  undo: {
                    label: undo.label,
                    onPress: () => {
                      undo.onPress();
                      close();
                    },
                  },
                })}
          />
        )}
      </div>
    </Notices>
  );
}
