import { Chip, LiveText, useScreen, type Formats, type Units } from "@caravan/ui";
import { useEffect, useRef, type ReactElement } from "react";
import { useCar, useCarState } from "../../car/context.tsx";
import { drawRear } from "../../rear/draw.ts";
import { rearPalette } from "../../rear/palette.ts";
import { Pedals } from "../../shell/pedals.tsx";
import { useSay } from "../../words/words.ts";

/** What lies behind the car, over the whole desktop, as long as reverse is selected. */
export function RearScreen(): ReactElement {
  const say = useSay();
  const { store } = useCar();
  const { formats, look, units } = useScreen();
  const isSimulated = useCarState((state) => state.car?.simulated === true);
  const isReplay = useCarState((state) => state.journey.kind === "replay");
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    const paint = element?.getContext("2d");
    if (element === null || paint === null || paint === undefined) return;
    const palette = rearPalette(look);
    let frame = 0;
    const draw = () => {
      frame = 0;
      const scene = store.scene.get();
      if (scene !== undefined) drawRear(paint, scene, palette);
    };
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    const resize = new ResizeObserver(() => {
      element.width = element.clientWidth;
      element.height = element.clientHeight;
      ask();
    });
    resize.observe(element);
    const stop = store.scene.subscribe(ask);
    return () => {
      stop();
      resize.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [store, look]);

  return (
    <section className="rear" aria-label={say.rearView}>
      <canvas ref={canvas} role="img" aria-label={isSimulated ? say.simulatedView : say.rearView} />
      <div className="rear-words">
        <Chip label={isSimulated ? say.simulatedView : say.rearView} icon="camera" tone="caution" />
        <p className="card rear-clearance ui-figure">
          <LiveText
            source={store.scene}
            format={(scene) =>
              scene?.clearance === undefined
                ? say.clearanceNone
                : say.clearance({ distance: clearanceWords(scene.clearance, units, formats) })
            }
          />
        </p>
      </div>
      {isSimulated && !isReplay ? (
        <div className="rear-pedals">
          <Pedals onClose={undefined} />
        </div>
      ) : null}
    </section>
  );
}

const metresPerFoot = 0.3048;

/** Close by, every decimetre counts, so the rounding of far distances will not do. */
function clearanceWords(metres: number, units: Units, formats: Formats): string {
  const shown = Math.max(0, metres);
  return units === "metric"
    ? `${formats.number(shown, 1)}\u00a0m`
    : `${formats.number(shown / metresPerFoot, 1)}\u00a0ft`;
}
