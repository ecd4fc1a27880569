// Hot: #frame runs for every frame while something moves.
import type { LayerSpecification, Map as Engine } from "maplibre-gl";
import { boundsOf, turnBetween } from "./path.ts";
import { CarSymbol } from "./car-symbol.ts";
import { DriveCamera, Glide, type View } from "./camera.ts";
import { lineOf, noPoints, ownCarPoint, pinPoints } from "./features.ts";
import { DrawnRoute } from "./drawn-route.ts";
import { Fleet } from "./fleet.ts";
import { watchHands } from "./hands.ts";
import { PoseMotion } from "./motion.ts";
import { restyle } from "./restyle.ts";
import { carPadding, wholeView } from "./padding.ts";
import { RouteLayer } from "./route-layer.ts";
import { Sources } from "./sources.ts";
import { nameFilter } from "./style/name-layers.ts";
import { mapLayers } from "./style/map-style.ts";
import { watchPointer } from "./taps.ts";
import type {
  MapAlternative,
  MapCar,
  MapHandle,
  MapInsets,
  MapOptions,
  MapPin,
  MapPose,
  MapRoute,
  MapTrack,
  MapTraffic,
} from "./types.ts";

const glideSeconds = 0.7;
const quietEverySeconds = 0.8;

/** The map with its engine: one frame loop moves car, camera and engine together, and stops when nothing moves. */
export class LivingMap implements MapHandle {
  readonly routeLayer: RouteLayer;
  readonly #route: DrawnRoute;
  readonly #engine: Engine;
  readonly #options: MapOptions;
  readonly #element: HTMLElement;
  readonly #size: number;
  readonly #attribution: HTMLElement;
  readonly #sky: HTMLElement | undefined;
  readonly #symbol: CarSymbol;
  readonly #sources: Sources;
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
  #streets: readonly string[] = [];
  #insets: MapInsets = { top: 0, right: 0, bottom: 0, left: 0 };
  #zoomOffset = 0;
  #frameId = 0;
  #frameAt = 0;
  #quietAt = 0;
  #held = false;
  /** What is shown whole; it stays whole when the glass changes its size. */
  #whole: ArrayLike<number> | undefined;
  #stopHands = () => {};
  #alternatives: readonly MapAlternative[] = [];
  #up: "heading" | "north" = "heading";
  #gone = false;
  #cameraMoves = false;

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
    this.#sources = new Sources(engine);
    this.#look = options.look;
    this.#language = options.language;
    this.#layers = this.#wantedLayers();
    this.#following = true;
    this.routeLayer = new RouteLayer({ zoom: () => engine.getZoom() });
    this.routeLayer.setLook(options.look);
    this.#route = new DrawnRoute(this.routeLayer);
    if (options.mode === "drive") this.#sky = this.#overlay("ui-map-sky");
    this.#symbol = new CarSymbol(element);
    this.#attribution = this.#overlay("ui-map-attribution");
    this.#attribution.textContent = options.info.attribution;
    watchPointer(engine, options);
    for (const event of ["dragstart", "zoomstart", "rotatestart", "pitchstart"] as const) {
      engine.on(event, (moved: { originalEvent?: unknown }) => {
        if (moved.originalEvent !== undefined) this.free();
      });
    }
    engine.on("move", this.#placeSymbol);
    engine.on("pitch", () => {
      if (this.#sky !== undefined) this.#sky.style.opacity = String(Math.min(1, engine.getPitch() / 45));
    });
    engine.on("resize", () => (this.#whole === undefined ? this.#wake() : this.fit(this.#whole)));
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
    this.#sources.styled();
    this.#dress();
    this.#quietRoute();
    this.#wake();
  }

  #quietRoute(): void {
    if (this.#sources.isStyled()) this.#engine.setFilter("names", nameFilter(this.#streets));
    const path = this.#route.path();
    this.#sources.set("route-line", path === undefined ? noPoints : lineOf(path.points));
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
    if (pose === undefined) this.#sources.set("own-car", noPoints);
    this.#wake();
  }

  follow(): void {
    if (this.#following) return;
    this.#whole = undefined;
    this.#glideFromHere();
    this.#zoomOffset = 0;
    this.#camera.reset();
    this.#setFollowing(true);
    this.#wake();
  }

  free(): void {
    this.#whole = undefined;
    this.#glide.stop();
    this.#setFollowing(false);
  }

  following(): boolean {
    return this.#following;
  }

  setRoute(route: MapRoute | undefined): void {
    if (this.#route.set(route)) {
      this.#streets = route?.streets ?? [];
      this.#quietRoute();
      this.setAlternatives(this.#alternatives);
    }
    this.#wake();
    this.#engine.triggerRepaint();
  }

  setProgress(along: number): void {
    this.#route.progress(along, performance.now() / 1_000);
    this.#wake();
  }

  setAlternatives(alternatives: readonly MapAlternative[]): void {
    this.#alternatives = alternatives;
    this.#sources.alternatives(alternatives, this.#route.path()?.points);
  }

  setTraffic(traffic: MapTraffic | undefined): void {
    this.#sources.traffic(traffic);
  }

  setTrack(track: MapTrack | undefined): void {
    this.#sources.track(track);
  }

  setUp(up: "heading" | "north"): void {
    if (up === this.#up) return;
    this.#up = up;
    if (this.#following) this.#glideFromHere();
    this.#camera.setUp(up);
    this.#camera.reset();
    this.#wake();
  }

  setCertainty(certainty: "sure" | "reckoned" | "lost"): void {
    this.#symbol.setCertainty(certainty);
  }

  fitRoute(insets = this.#insets): void {
    const points = this.#route.path()?.points;
    if (points !== undefined) this.fit([...points, ...this.#alternatives.flatMap(({ geometry }) => geometry)], insets);
  }

  setPins(pins: readonly MapPin[]): void {
    this.#sources.set("pins", pinPoints(pins));
  }

  setCars(cars: readonly MapCar[]): void {
    this.#fleet.set(cars, performance.now() / 1_000);
    this.#wake();
  }

  fitCars(): void {
    const cars = this.#fleet.cars();
    if (cars.length > 0) this.fit(cars.flatMap((car) => [car.lon, car.lat]));
  }

  setInsets(insets: MapInsets): void {
    this.#insets = insets;
    this.#element.style.setProperty("--map-right", `${insets.right}px`);
    this.#element.style.setProperty("--map-bottom", `${insets.bottom}px`);
    this.#wake();
  }

  zoomBy(steps: number): void {
    const follows = this.#following && this.#hasPose;
    if (!follows) this.#engine.zoomTo(this.#engine.getZoom() + steps, { duration: 250 });
    else this.#zoomOffset = Math.max(-4, Math.min(2, this.#zoomOffset + steps * 0.6));
    this.#wake();
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
    if (!this.#sources.isStyled()) return;
    const wanted = this.#wantedLayers();
    restyle(this.#engine, this.#layers, wanted);
    this.#layers = wanted;
  }

  #setFollowing(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    this.#options.onFollowChange?.(following);
  }

  fit(points: ArrayLike<number>, insets = this.#insets): void {
    this.free();
    this.#engine.setPadding({ top: 0, right: 0, bottom: 0, left: 0 });
    this.#engine.fitBounds(boundsOf(points), wholeView(insets, this.#size));
    this.#whole = points;
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
    if (cars !== undefined) this.#sources.set("cars", cars);
    if (this.#hasPose) moving = this.#frameOfCar(at, seconds) || moving;
    if (!moving) {
      cancelAnimationFrame(this.#frameId);
      this.#frameId = 0;
    }
  };

  #frameOfCar(at: number, seconds: number): boolean {
    const carMoves = this.#motion.step(at);
    const car = this.#motion.drawn;
    const along = this.#route.alongAt(at, carMoves ? car.speed : 0);
    let cameraMoves = false;
    if (this.#following && !this.#held) {
      const { view, moving } = this.#glide.step(this.#target(car, seconds, along), seconds);
      cameraMoves = moving || this.#cameraMoves;
      this.#engine.jumpTo({
        center: [view.lon, view.lat],
        bearing: view.bearing,
        pitch: view.pitch,
        zoom: view.zoom,
        padding: carPadding(
          this.#insets,
          this.#element.clientHeight,
          this.#options.mode === "drive" && this.#up === "heading",
        ),
      });
      this.#engine.redraw();
    } else {
      this.#placeSymbol();
      if (carMoves) this.#engine.triggerRepaint();
    }
    if (at - this.#quietAt > quietEverySeconds) {
      this.#quietAt = at;
      this.#sources.set("own-car", ownCarPoint(car.lon, car.lat));
    }
    return carMoves || cameraMoves;
  }

  #target(car: PoseMotion["drawn"], seconds: number, along: number): View {
    if (this.#options.mode === "overview") {
      this.#overview.lon = car.lon;
      this.#overview.lat = car.lat;
      this.#overview.zoom = 15.5 + this.#zoomOffset;
      this.#cameraMoves = false;
      return this.#overview;
    }
    const path = this.#route.path();
    const route = path && { path, along, toManoeuvre: this.#route.nextManoeuvre() - along };
    this.#cameraMoves = this.#camera.step(car, seconds, route, this.#zoomOffset);
    return this.#camera.view;
  }

  readonly #placeSymbol = (): void => {
    if (!this.#hasPose) return;
    const car = this.#motion.drawn;
    const { x, y } = this.#engine.project([car.lon, car.lat]);
    this.#symbol.place(x, y, turnBetween(this.#engine.getBearing(), car.heading), this.#engine.getPitch());
  };
}
