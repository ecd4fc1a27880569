import { useLive, type MapHandle, type MapInsets } from "@caravan/ui";
import type { Place } from "@caravan/link";
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
} from "react";
import { useCar, useCarState, useIsRestricted } from "../car/context.tsx";
import { gearLetter, paths } from "../paths.ts";
import { CarScreen } from "../screens/car/screen.tsx";
import { DrivingScreen } from "../screens/route/driving.tsx";
import { PlannedScreen } from "../screens/route/planned.tsx";
import { MapScreen } from "../screens/map/screen.tsx";
import { RearScreen } from "../screens/rear/screen.tsx";
import { SearchScreen } from "../screens/search/screen.tsx";
import { SettingsScreen } from "../screens/settings/screen.tsx";
import { TripsScreen } from "../screens/trips/screen.tsx";
import { plainName } from "../words/plain-name.ts";
import { errorSentence } from "../words/why.ts";
import { useSay } from "../words/words.ts";
import { Alerts } from "../guidance/alerts.tsx";
import { Banner } from "../guidance/banner.tsx";
import { Caption } from "../guidance/caption.tsx";
import { OfferCard } from "../guidance/offer-card.tsx";
import { PositionNote } from "../guidance/position-note.tsx";
import { StandingCard } from "../guidance/standing-card.tsx";
import { Voice } from "../voice/voice.tsx";
import { Dock, type SheetName } from "./dock.tsx";
import { DriveCard } from "./drive-card.tsx";
import { coveredEdges, overviewEdges, useLayout, type CoveredEdges } from "./layout.ts";
import { NoCar } from "./no-car.tsx";
import { useNotices } from "./notices.tsx";
import { Pedals } from "./pedals.tsx";
import { PlaceCard, type Picked } from "./place-card.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { StatusRow } from "./status-row.tsx";
import { Tour } from "./tour.tsx";
import { EtaChip, StreetChip } from "../guidance/trip-chips.tsx";

/** A hand that moved farther than this was dragging the map, not tapping beside the sheet. */
const tapPixels = 12;
/** As long as the car can take back the end of a route. */
const resumeSeconds = 30;
/** A place that was picked while driving is asked about this long. */
const askedMs = 30_000;

const insetsOf = ({ top, bottom, near, far }: CoveredEdges, side: "left" | "right"): MapInsets => ({
  top,
  bottom,
  left: side === "left" ? far : near,
  right: side === "right" ? far : near,
});

/** The whole cockpit: the map as the desktop, and all that comes to it. */
export function Shell(): ReactElement {
  const say = useSay();
  const car = useCar();
  const notify = useNotices();
  const isRestricted = useIsRestricted();
  const settings = useCarState((state) => state.settings);
  const isOpen = useCarState((state) => state.link === "open");
  const journey = useCarState((state) => state.journey);
  const isReverse = gearLetter(useLive(car.store.signal(paths.gear))) === "R" && isOpen;
  const [map, setMap] = useState<MapHandle>();
  const [wantedSheet, setSheet] = useState<SheetName>();
  const isOnRoute = journey.kind === "driving" || journey.kind === "stopping";
  // A sheet would hide what lies behind the car; that of the route goes with the route.
  const sheet = isReverse || (wantedSheet === "route" && !isOnRoute) ? undefined : wantedSheet;
  const [picked, setPicked] = useState<Picked>();
  const [isPlanning, setIsPlanning] = useState(false);
  const [wantsHand, setWantsHand] = useState(false);
  const [wantsTour, setWantsTour] = useState(false);
  const [hiddenOffer, setHiddenOffer] = useState<string>();
  const offered = useCarState((state) => state.offer);
  const questions = useRef(0);
  const far = settings.driverSide === "left" ? "right" : "left";

  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset["driver"] = settings.driverSide;
    root.style.setProperty("--brightness", String(settings.brightness));
  }, [settings.driverSide, settings.brightness]);

  const layout = useLayout();
  // The ways there lie beside the map for as long as nothing else is asked for.
  const planned =
    journey.kind === "planned" && sheet === undefined && picked === undefined && !isReverse ? journey : undefined;
  const isPlanned = planned !== undefined;
  const hasSheet = sheet !== undefined || isPlanned;
  const offer = isOnRoute && offered?.route.id !== hiddenOffer && picked === undefined ? offered : undefined;
  const standsAt = journey.kind === "driving" && picked === undefined ? journey.standsAt : undefined;
  const stop = standsAt !== undefined && journey.kind === "driving" ? journey.route.stops[standsAt] : undefined;
  const hasCard = picked !== undefined || journey.kind === "arrived" || offer !== undefined || stop !== undefined;
  const insets = useMemo(
    () => insetsOf(coveredEdges(layout, { hasSheet, hasBanner: isOnRoute, isPlanned, hasCard }), far),
    [layout, hasSheet, isOnRoute, isPlanned, hasCard, far],
  );
  const showWhole = () => map?.fitRoute(isOnRoute ? insetsOf(overviewEdges(layout), far) : insets);

  const route = useCallback(
    async (place: Place) => {
      setIsPlanning(true);
      const { lat, lon, name, detail } = place;
      const answer = await car.plan(detail === undefined ? { lat, lon, name } : { lat, lon, name, detail });
      setIsPlanning(false);
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
      else setPicked(undefined);
    },
    [car, notify, say],
  );

  const addStop = useCallback(
    async (place: Place) => {
      setIsPlanning(true);
      const { lat, lon, name, detail } = place;
      const answer = await car.addStop(detail === undefined ? { lat, lon, name } : { lat, lon, name, detail });
      setIsPlanning(false);
      if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
      else {
        setPicked(undefined);
        if (isOnRoute) map?.follow();
        notify({ text: say.stopAdded({ name: plainName(name, true) }), tone: "good", icon: "check" });
      }
    },
    [car, isOnRoute, map, notify, say],
  );

  const tap = useCallback(
    async (lat: number, lon: number) => {
      if (sheet !== undefined) return;
      questions.current += 1;
      const question = questions.current;
      setPicked({ kind: "looking" });
      const answer = await car.name({ lat, lon });
      if (question !== questions.current) return;
      if (answer.kind === "ok") setPicked({ kind: "place", place: answer.value });
      else {
        setPicked(undefined);
        notify({ text: errorSentence(say, answer), tone: "caution" });
      }
    },
    [car, notify, say, sheet],
  );

  const pickKnown = (place: Place) => {
    questions.current += 1;
    setSheet(undefined);
    setPicked({ kind: "place", place });
    // On the way somewhere, a new way is only looked for when asked.
    if (isOnRoute || journey.kind === "planned") map?.lookAt(place.lat, place.lon);
    else void route(place);
  };

  const tapPin = (id: string) => {
    const place = car.store.state().places.find((saved) => saved.id === id);
    if (place !== undefined && sheet === undefined) pickKnown(place);
  };

  const resume = async () => {
    const answer = await car.resume();
    if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
  };

  const end = async () => {
    const canResume = journey.kind === "driving" || journey.kind === "planned";
    setSheet(undefined);
    const answer = await car.end();
    if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
    else if (canResume) {
      notify({
        text: say.routeEnded,
        seconds: resumeSeconds,
        undo: { label: say.resume, onPress: () => void resume() },
      });
    }
  };

  const chooseWay = async (id: string) => {
    if (journey.kind !== "planned") {
      setHiddenOffer(undefined);
      return;
    }
    const answer = await car.choose(id);
    if (answer.kind === "failed") notify({ text: errorSentence(say, answer), tone: "caution" });
  };

  const closePicked = () => {
    questions.current += 1;
    setPicked(undefined);
    if (isOnRoute) map?.follow();
  };

  // Who drives and has not answered has something better to do; the map comes back.
  const leavePicked = useEffectEvent(() => closePicked());
  const isAsking = picked?.kind === "place" && isRestricted && isOnRoute;
  useEffect(() => {
    if (!isAsking) return;
    const timer = setTimeout(() => leavePicked(), askedMs);
    return () => clearTimeout(timer);
  }, [isAsking]);

  const finishTour = () => {
    setWantsTour(false);
    if (!settings.tourDone) void car.change({ tourDone: true });
  };

  useShortcuts({
    m: () => setSheet(undefined),
    s: () => setSheet("search"),
    "/": () => setSheet("search"),
    t: () => setSheet("trips"),
    c: () => setSheet("car"),
    ",": () => setSheet("settings"),
    "+": () => map?.zoomBy(1),
    "-": () => map?.zoomBy(-1),
    "0": () => map?.follow(),
    o: showWhole,
    v: () => void car.change({ voice: !settings.voice }),
    Escape: () => (sheet === undefined ? closePicked() : setSheet(undefined)),
  });

  const press = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const frame = { side: far, onClose: () => setSheet(undefined) } as const;
  const isByHand = (wantsHand || journey.kind === "manual") && !isOnRoute && journey.kind !== "replay";

  return (
    <div
      className="shell"
      data-sheet={hasSheet}
      data-planned={isPlanned}
      data-card={hasCard}
      data-offer={offer !== undefined || stop !== undefined}
      data-route={isOnRoute}
      data-hand={isByHand}
    >
      <div
        className="beside-sheet"
        onPointerDown={(event) => {
          press.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerUp={(event) => {
          const start = press.current;
          press.current = undefined;
          if (start === undefined || sheet === undefined) return;
          if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < tapPixels) setSheet(undefined);
        }}
      >
        <MapScreen
          insets={insets}
          onOverview={showWhole}
          found={picked?.kind === "place" ? picked.place : undefined}
          offer={offered}
          onWay={(id) => void chooseWay(id)}
          onTap={(lat, lon) => void tap(lat, lon)}
          onPinTap={tapPin}
          onMap={setMap}
        />
      </div>
      {isReverse ? <RearScreen /> : null}
      <div className="near-top">
        <Banner />
        <Caption />
        {isOnRoute ? null : <Alerts />}
      </div>
      <div className="near-bottom">
        <DriveCard />
      </div>
      {isReverse ? null : (
        <>
          <div className="far-top">
            <StatusRow onPerson={() => setSheet("settings")} />
            {journey.kind === "replay" ? (
              <p className="card replay-note small">
                {journey.ended === true ? say.replayEnded({ file: journey.file }) : say.replay({ file: journey.file })}
              </p>
            ) : null}
          </div>
          <div className="middle-bottom">
            <PositionNote />
            {isOnRoute ? <Alerts /> : null}
            <StreetChip />
          </div>
          <div className="far-bottom">
            {isByHand ? (
              <div className="by-hand">
                <Pedals onClose={wantsHand ? () => setWantsHand(false) : undefined} />
              </div>
            ) : null}
            <PlaceCard
              picked={picked}
              onClose={closePicked}
              isPlanning={isPlanning}
              onRoute={(place) => void route(place)}
              onStop={isOnRoute || journey.kind === "planned" ? (place) => void addStop(place) : undefined}
              onEnd={() => void end()}
            />
            {offer === undefined ? null : (
              <OfferCard key={offer.route.id} offer={offer} onClose={() => setHiddenOffer(offer.route.id)} />
            )}
            {stop === undefined ? null : <StandingCard stop={stop} />}
            <EtaChip onOpen={() => setSheet("route")} onEnd={() => void end()} />
          </div>
        </>
      )}
      {planned === undefined ? null : (
        <PlannedScreen
          frame={{ side: far, onClose: () => void end() }}
          journey={planned}
          onAddStop={() => setSheet("stop")}
        />
      )}
      {sheet === "route" && isOnRoute ? (
        <DrivingScreen
          frame={frame}
          route={journey.route}
          onAddStop={() => setSheet("stop")}
          onEnd={() => void end()}
        />
      ) : null}
      {sheet === "search" ? <SearchScreen key="go" frame={frame} onPlace={pickKnown} /> : null}
      {sheet === "stop" ? (
        <SearchScreen
          key="stop"
          isStop
          frame={frame}
          onPlace={(place) => {
            setSheet(undefined);
            void addStop(place);
          }}
        />
      ) : null}
      {sheet === "trips" ? <TripsScreen frame={frame} /> : null}
      {sheet === "car" ? (
        <CarScreen
          frame={frame}
          onHandDrive={() => {
            setSheet(undefined);
            setWantsHand(true);
          }}
        />
      ) : null}
      {sheet === "settings" ? <SettingsScreen frame={frame} onTour={() => setWantsTour(true)} /> : null}
      <Dock sheet={sheet} onSheet={setSheet} />
      <Voice />
      <NoCar />
      {isOpen && !isRestricted && (wantsTour || !settings.tourDone) ? <Tour onDone={finishTour} /> : null}
      <div className="dimmer" aria-hidden="true" />
    </div>
  );
}
