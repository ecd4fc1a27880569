import { Button, Confirm, IconButton, ListRow, Sheet } from "@caravan/ui";
import type { Person } from "@caravan/link";
import { useState, type ReactElement } from "react";
import type { Answer } from "../../car/answer.ts";
import { useCar, useCarState } from "../../car/context.tsx";
import { useNotices } from "../../shell/notices.tsx";
import type { SheetFrame } from "../../shell/sheet-frame.ts";
import { TypedField } from "../../shell/typed-field.tsx";
import { errorSentence } from "../../words/why.ts";
import { useSay } from "../../words/words.ts";

const longestName = 40;

type Task = { readonly kind: "list" } | { readonly kind: "add" } | { readonly kind: "rename"; readonly person: Person };

/** Who drives here: each with settings and places of their own. */
export function PersonsPage(props: { readonly frame: SheetFrame; readonly onBack: () => void }): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const person = useCarState((state) => state.person);
  const persons = useCarState((state) => state.persons);
  const [task, setTask] = useState<Task>({ kind: "list" });
  const [removing, setRemoving] = useState<Person>();
  const tell = (answer: Answer<unknown>) => {
    if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
  };
  const nameOf = ({ name }: Person) => (name === "" ? say.driver : name);

  if (task.kind !== "list") {
    return (
      <NamePage
        frame={props.frame}
        title={task.kind === "add" ? say.addPerson : say.rename}
        first={task.kind === "add" ? "" : task.person.name}
        onBack={() => setTask({ kind: "list" })}
        onName={async (name) => {
          tell(task.kind === "add" ? await car.addPerson(name) : await car.renamePerson(task.person.id, name));
          setTask({ kind: "list" });
        }}
      />
    );
  }
  return (
    <Sheet {...props.frame} title={say.persons} closeLabel={say.close} onBack={props.onBack} backLabel={say.back}>
      <ul className="list" aria-label={say.persons}>
        {persons.map((other) => (
          <li key={other.id} className="list-line">
            <ListRow
              icon="person"
              title={nameOf(other)}
              selected={other.id === person.id}
              {...(other.id === person.id ? { detail: say.inUse } : {})}
              onPress={() => void car.selectPerson(other.id).then(tell)}
            />
            <IconButton
              icon="edit"
              label={`${say.rename}: ${nameOf(other)}`}
              onPress={() => setTask({ kind: "rename", person: other })}
            />
            {persons.length < 2 ? null : (
              <IconButton icon="bin" label={say.remove({ name: nameOf(other) })} onPress={() => setRemoving(other)} />
            )}
          </li>
        ))}
      </ul>
      <Button icon="plus" wide onPress={() => setTask({ kind: "add" })}>
        {say.addPerson}
      </Button>
      {removing === undefined ? null : (
        <Confirm
          title={say.removePerson}
          text={say.removePersonSure({ name: nameOf(removing) })}
          confirmLabel={say.yesRemove}
          cancelLabel={say.keep}
          danger
          onConfirm={() => {
            void car.removePerson(removing.id).then(tell);
            setRemoving(undefined);
          }}
          onCancel={() => setRemoving(undefined)}
        />
      )}
    </Sheet>
  );
}

function NamePage(props: {
  readonly frame: SheetFrame;
  readonly title: string;
  readonly first: string;
  readonly onBack: () => void;
  readonly onName: (name: string) => Promise<void>;
}): ReactElement {
  const say = useSay();
  const [name, setName] = useState(props.first);
  const isEmpty = name.trim() === "";
  const save = () => {
    if (!isEmpty) void props.onName(name.trim());
  };
  return (
    <Sheet {...props.frame} title={props.title} closeLabel={say.close} onBack={props.onBack} backLabel={say.back}>
      <div className="rows">
        <TypedField
          label={say.personName}
          icon="person"
          value={name}
          onChange={setName}
          onSubmit={save}
          clearLabel={say.clearText}
          maxLength={longestName}
          hasCapitals
        />
        <Button kind="primary" wide disabled={isEmpty} onPress={save}>
          {say.save}
        </Button>
      </div>
    </Sheet>
  );
}
