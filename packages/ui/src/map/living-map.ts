// Hot: #frame runs for every frame while something moves.
import { GeoJSONSource, type LayerSpecification, type Map as Engine } from "maplibre-gl";
import { boundsOf, measurePath, turnBetween, type Path } from "./path.ts";
import { CarSymbol } from "./car-symbol.ts";
import { DriveCamera, Glide, type View } from "./camera.ts";
import { lineOf, noPoints, ownCarPoint, pinPoints, type Line, type Points } from "./features.ts";
import { Fleet } from "./fleet.ts";
import { watchHands } from "./hands.ts";
import { PoseMotion } from "./motion.ts";
import { restyle } from "./restyle.ts";
import { carPadding, withMargin } from "./padding.ts";
import { RouteLayer } from "./route-layer.ts";
import { nameFilter } from "./style/name-layers.ts";
import { mapLayers } from "./style/map-style.ts";
import { answerTap } from "./taps.ts";
import type { MapCar, MapHandle, MapInsets, MapOptions, MapPin, MapPose, MapRoute } from "./types.ts";

const glideSeconds = 0.7;
const quietEverySeconds = 0.8;

/** The map with its engine: one frame loop moves car, camera and engine together, and stops when nothing moves. */
export class LivingMap implements MapHandle {
  readonly routeLayer: RouteLayer;
  readonly #engine: Engine;
  readonly #options: MapOptions;
  readonly #element: HTMLElement;
  readonly #size: number;
  readonly #attribution: HTMLElement;
  readonly #sky: HTMLElement | undefined;
  readonly #symbol: CarSymbol;
  readonly #motion = new PoseMotion();
  readonly #camera = new DriveCamera();
  readonly #glide = new Glide();
  readonly #fleet = new Fleet();
  readonly #overview: View = { lon: 0, lat: 0, bearing: 0, pitch: 0, zoom: 15.5 };
  #layers: LayerSpecification[];
  #look: MapOptions["look"];
  #language: MapOptions["language"];
  #hasPose = false;
  #following: boolean;
  #route: { path: Path; manoeuvres: readonly number[] } | undefined;
  #streets: readonly string[] = [];
  #along = 0;
  #alongAt = 0;
  #shownArrow: number | undefined;
  #insets: MapInsets = { top: 0, right: 0, bottom: 0, left: 0 };
  #zoomOffset = 0;
  #frameId = 0;
  #frameAt = 0;
  #quietAt = 0;
  #styled = false;
  #held = false;
  #stopHands = () => {};
  #pins: readonly MapPin[] = [];
  #gone = false;

  constructor(parts: {
    readonly engine: Engine;
    readonly element: HTMLElement;
    readonly options: MapOptions;
    readonly size: number;
  }) {
    const { engine, element, options } = parts;
    this.#engine = engine;
    this.#element = element;
    this.#options = options;
    this.#size = parts.size;
    this.#look = options.look;
    this.#language = options.language;
    this.#layers = this.#wantedLayers();
    this.#following = true;
    this.routeLayer = new RouteLayer({ zoom: () => engine.getZoom() });
    this.routeLayer.setLook(options.look);
    if (options.mode === "drive") this.#sky = this.#overlay("ui-map-sky");
    this.#symbol = new CarSymbol(element);
    this.#attribution = this.#overlay("ui-map-attribution");
    this.#attribution.textContent = options.info.attribution;
    engine.on("click", (event) => answerTap(engine, event, options));
    for (const event of ["dragstart", "zoomstart", "rotatestart", "pitchstart"] as const) {
      engine.on(event, (moved: { originalEvent?: unknown }) => {
        if (moved.originalEvent !== undefined) this.free();
      });
    }
    engine.on("move", this.#placeSymbol);
    engine.on("pitch", () => this.#fadeSky());
    engine.on("resize", () => this.#wake());
    if (options.interactive !== false) {
      this.#stopHands = watchHands(engine.getCanvasContainer(), {
        held: () => {
          this.#held = true;
        },
        released: () => this.#release(),
        moved: () => this.free(),
      });
    }
  }

  /** The style is there: everything that was set before goes in. */
  styled(): void {
    this.#styled = true;
    this.#dress();
    this.setPins(this.#pins);
    this.#quietRoute();
    this.#wake();
  }

  #quietRoute(): void {
    if (!this.#styled) return;
    this.#engine.setFilter("names", nameFilter(this.#streets));
    this.#setPoints("route-line", this.#route === undefined ? noPoints : lineOf(this.#route.path.points));
  }

  setLook(look: MapOptions["look"]): void {
    if (look === this.#look) return;
    this.#look = look;
    this.routeLayer.setLook(look);
    this.#dress();
  }

  setLanguage(language: MapOptions["language"]): void {
    if (language === this.#language) return;
    this.#language = language;
    this.#dress();
  }

  setPose(pose: MapPose | undefined): void {
    this.#motion.set(pose, performance.now() / 1_000);
    const appeared = pose !== undefined && !this.#hasPose;
    this.#hasPose = pose !== undefined;
    this.#symbol.show(this.#hasPose);
    if (appeared) this.#camera.reset();
    if (pose === undefined) this.#setPoints("own-car", noPoints);
    this.#wake();
  }

  follow(): void {
    if (this.#following) return;
    this.#glideFromHere();
    this.#zoomOffset = 0;
    this.#camera.reset();
    this.#setFollowing(true);
    this.#wake();
  }

  free(): void {
    this.#glide.stop();
    this.#setFollowing(false);
  }

  following(): boolean {
    return this.#following;
  }

  setRoute(route: MapRoute | undefined): void {
    const path = route === undefined ? undefined : measurePath(route.geometry);
    this.#route =
      path === undefined || path.along.length < 2
        ? undefined
        : { path, manoeuvres: (route?.manoeuvres ?? []).filter((along) => along > 1) };
    this.#along = 0;
    this.#shownArrow = undefined;
    this.routeLayer.setPath(this.#route?.path);
    this.routeLayer.setDriven(0);
    this.#streets = route?.streets ?? [];
    this.#quietRoute();
    this.#showArrow();
    this.#wake();
    this.#engine.triggerRepaint();
  }

  setProgress(along: number): void {
    this.#along = along;
    this.#alongAt = performance.now() / 1_000;
    this.routeLayer.setDriven(along);
    this.#showArrow();
    this.#wake();
  }

  fitRoute(): void {
    const points = this.#route?.path.points;
    if (points === undefined) return;
    this.#fit(points);
  }

  setPins(pins: readonly MapPin[]): void {
    this.#pins = pins;
    this.#setPoints("pins", pinPoints(pins));
  }

  setCars(cars: readonly MapCar[]): void {
    this.#fleet.set(cars, performance.now() / 1_000);
    this.#wake();
  }

  fitCars(): void {
    const cars = this.#fleet.cars();
    if (cars.length > 0) this.#fit(cars.flatMap((car) => [car.lon, car.lat]));
  }

  setInsets(insets: MapInsets): void {
    this.#insets = insets;
    this.#element.style.setProperty("--map-right", `${insets.right}px`);
    this.#element.style.setProperty("--map-bottom", `${insets.bottom}px`);
    this.#wake();
  }

  zoomBy(steps: number): void {
    if (this.#following && this.#hasPose) {
      this.#zoomOffset = Math.max(-4, Math.min(2, this.#zoomOffset + steps * 0.6));
      this.#wake();
    } else {
      this.#engine.zoomTo(this.#engine.getZoom() + steps, { duration: 250 });
    }
  }

  lookAt(lat: number, lon: number, zoom?: number): void {
    this.free();
    this.#engine.easeTo({
      center: [lon, lat],
      zoom: zoom ?? Math.max(15.5, this.#engine.getZoom()),
      padding: { ...this.#insets },
      duration: 600,
    });
  }

  destroy(): void {
    this.#gone = true;
    cancelAnimationFrame(this.#frameId);
    this.#stopHands();
    this.#symbol.remove();
    this.#attribution.remove();
    this.#sky?.remove();
    const box = this.#engine.getContainer();
    this.#engine.remove();
    box.remove();
  }

  #release(): void {
    if (!this.#held) return;
    this.#held = false;
    if (!this.#following) return;
    this.#glideFromHere();
    this.#wake();
  }

  #glideFromHere(): void {
    const centre = this.#engine.getCenter();
    this.#glide.start(
      {
        lon: centre.lng,
        lat: centre.lat,
        bearing: this.#engine.getBearing(),
        pitch: this.#engine.getPitch(),
        zoom: this.#engine.getZoom(),
      },
      glideSeconds,
    );
  }

  #overlay(className: string): HTMLElement {
    const element = document.createElement("div");
    element.className = className;
    this.#element.append(element);
    return element;
  }

  #wantedLayers(): LayerSpecification[] {
    return mapLayers(this.#options.info, {
      look: this.#look,
      language: this.#language,
      size: this.#size,
      unsaid: this.#streets,
    });
  }

  #dress(): void {
    if (!this.#styled) return;
    const wanted = this.#wantedLayers();
    restyle(this.#engine, this.#layers, wanted);
    this.#layers = wanted;
  }

  #setPoints(source: string, points: Points | Line): void {
    if (!this.#styled) return;
    const found = this.#engine.getSource(source);
    if (found instanceof GeoJSONSource) void found.setData(points);
  }

  #setFollowing(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    this.#options.onFollowChange?.(following);
  }

  #fit(points: ArrayLike<number>): void {
    this.free();
    this.#engine.setPadding({ top: 0, right: 0, bottom: 0, left: 0 });
    this.#engine.fitBounds(boundsOf(points), {
      padding: { ...withMargin(this.#insets, 72 * this.#size) },
      pitch: 0,
      bearing: 0,
      maxZoom: 16,
      duration: 700,
    });
  }

  #showArrow(): void {
    const next = this.#route?.manoeuvres.find((along) => along > this.#along - 4);
    if (next === this.#shownArrow) return;
    this.#shownArrow = next;
    this.routeLayer.setArrow(next);
  }

  #wake(): void {
    if (this.#frameId !== 0 || this.#gone) return;
    this.#frameAt = performance.now() / 1_000;
    this.#frameId = requestAnimationFrame(this.#frame);
  }

  readonly #frame = (): void => {
    const at = performance.now() / 1_000;
    const seconds = Math.min(0.25, at - this.#frameAt);
    this.#frameAt = at;
    // Asked for before the engine asks for its own frame, so ours comes first and draws for both.
    this.#frameId = requestAnimationFrame(this.#frame);
    let moving = this.#fleet.moving();
    const cars = this.#fleet.step(at);
    if (cars !== undefined) this.#setPoints("cars", cars);
    if (this.#hasPose) moving = this.#frameOfCar(at, seconds) || moving;
    if (!moving) {
      cancelAnimationFrame(this.#frameId);
      this.#frameId = 0;
    }
  };

  #frameOfCar(at: number, seconds: number): boolean {
    const carMoves = this.#motion.step(at);
    const car = this.#motion.drawn;
    const along = this.#along + (carMoves ? car.speed * Math.min(0.5, at - this.#alongAt) : 0);
    if (this.#route !== undefined) this.routeLayer.setDriven(along);
    let cameraMoves = false;
    if (this.#following && !this.#held) {
      const { view, moving } = this.#glide.step(this.#target(car, seconds, along), seconds);
      cameraMoves = moving || this.#cameraMoves;
      this.#engine.jumpTo({
        center: [view.lon, view.lat],
        bearing: view.bearing,
        pitch: view.pitch,
        zoom: view.zoom,
        padding: carPadding(this.#insets, this.#element.clientHeight, this.#options.mode === "drive"),
      });
      this.#engine.redraw();
    } else {
      this.#placeSymbol();
      if (carMoves) this.#engine.triggerRepaint();
    }
    if (at - this.#quietAt > quietEverySeconds) {
      this.#quietAt = at;
      this.#setPoints("own-car", ownCarPoint(car.lon, car.lat));
    }
    return carMoves || cameraMoves;
  }

  #cameraMoves = false;

  #target(car: PoseMotion["drawn"], seconds: number, along: number): View {
    if (this.#options.mode === "overview") {
      this.#overview.lon = car.lon;
      this.#overview.lat = car.lat;
      this.#overview.zoom = 15.5 + this.#zoomOffset;
      this.#cameraMoves = false;
      return this.#overview;
    }
    const route = this.#route;
    this.#cameraMoves = this.#camera.step(
      car,
      seconds,
      route === undefined
        ? undefined
        : { path: route.path, along, toManoeuvre: (this.#shownArrow ?? Infinity) - along },
      this.#zoomOffset,
    );
    return this.#camera.view;
  }

  #fadeSky(): void {
    if (this.#sky !== undefined) this.#sky.style.opacity = String(Math.min(1, this.#engine.getPitch() / 45));
  }

  readonly #placeSymbol = (): void => {
    if (!this.#hasPose) return;
    const car = this.#motion.drawn;
    const { x, y } = this.#engine.project([car.lon, car.lat]);
    this.#symbol.place(x, y, turnBetween(this.#engine.getBearing(), car.heading), this.#engine.getPitch());
  };
}
