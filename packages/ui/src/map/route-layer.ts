// Hot: draws for every frame; nothing is allocated there.
import type { CustomLayerInterface, CustomRenderMethodInput } from "maplibre-gl";
import type { Look } from "../tokens.ts";
import { mapPalettes } from "./palette.ts";
import { measurePath, slicePath, type Path } from "./path.ts";
import { meshOf, piecePitch, translated, type RouteMesh, type Stretches } from "./route-mesh.ts";
import { fragmentShader, vertexShader } from "./route-shader.ts";

const arrowMetres = 65;

const uniformNames = [
  "matrix",
  "half",
  "head",
  "driven",
  "colour",
  "drivenColour",
  "chevronColour",
  "chevronEvery",
  "markEvery",
  "slow",
  "queue",
  "closed",
  "length",
] as const;

interface Buffers {
  readonly array: WebGLVertexArrayObject;
  readonly buffer: WebGLBuffer;
}

const rgb = (hex: string): Float32Array =>
  Float32Array.from([1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255));

/** CSS pixels at a zoom: 7 at 12, 14 at 16, 22 at 18, evenly between. */
export function routeWidth(zoom: number): number {
  if (zoom <= 12) return Math.max(4, 7 - (12 - zoom));
  if (zoom <= 16) return 7 * 2 ** ((zoom - 12) / 4);
  return Math.min(30, 14 * (22 / 14) ** ((zoom - 16) / 2));
}

/**
 * The route as a layer of its own: one pass for the edge, one for the line with its chevrons, and the white arrow over the next manoeuvre. What
 * is driven is a number handed to the card, so progress costs nothing.
 */
export class RouteLayer implements CustomLayerInterface {
  readonly id = "route";
  readonly type = "custom";
  readonly renderingMode = "2d";
  #path: Path | undefined;
  #mesh: RouteMesh | undefined;
  #arrowMesh: RouteMesh | undefined;
  #arrowLength = 0;
  #stale = true;
  #arrowStale = true;
  #driven = 0;
  #colours = this.#mix("night");
  #gl: WebGL2RenderingContext | undefined;
  #program: WebGLProgram | undefined;
  readonly #uniforms = new Map<string, WebGLUniformLocation | null>(); // one for each of uniformNames
  #route: Buffers | undefined;
  #arrow: Buffers | undefined;
  readonly #matrix = new Float32Array(16);
  readonly #zoom: () => number;

  constructor(parts: { readonly zoom: () => number }) {
    this.#zoom = parts.zoom;
  }

  #mix(look: Look) {
    const palette = mapPalettes[look];
    return {
      route: rgb(palette.route),
      edge: rgb(palette.routeEdge),
      driven: rgb(palette.driven),
      arrow: rgb(palette.arrow),
      arrowEdge: rgb(palette.arrowEdge),
      slow: rgb(palette.slow),
      queue: rgb(palette.queue),
      closed: rgb(palette.closed),
    };
  }

  setLook(look: Look): void {
    this.#colours = this.#mix(look);
  }

  setPath(path: Path | undefined, traffic: Stretches): void {
    this.#path = path;
    this.setTraffic(traffic);
    this.setArrow(undefined);
  }

  /** How the traffic runs on the way that is there. */
  setTraffic(traffic: Stretches): void {
    this.#mesh = this.#path === undefined ? undefined : meshOf(this.#path, traffic);
    this.#stale = true;
  }

  setDriven(metres: number): void {
    this.#driven = metres;
  }

  /** Metres along the route where the next manoeuvre is. */
  setArrow(along: number | undefined): void {
    this.#arrowStale = true;
    this.#arrowMesh = undefined;
    if (along === undefined || this.#path === undefined) return;
    const piece = measurePath(slicePath(this.#path, along - arrowMetres * 0.45, along + arrowMetres * 0.55));
    if (piece.along.length < 2) return;
    this.#arrowMesh = meshOf(piece);
    this.#arrowLength = piece.length;
  }

  onAdd(_map: unknown, gl: WebGL2RenderingContext): void {
    this.#gl = gl;
    const program = gl.createProgram();
    for (const [kind, source] of [
      [gl.VERTEX_SHADER, vertexShader],
      [gl.FRAGMENT_SHADER, fragmentShader],
    ] as const) {
      const shader = gl.createShader(kind);
      if (shader === null) return;
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
      gl.deleteShader(shader);
    }
    gl.linkProgram(program);
    // A lost context links nothing; the engine then makes a new one and calls again.
    if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true) return;
    for (const name of uniformNames) this.#uniforms.set(name, gl.getUniformLocation(program, `u_${name}`));
    this.#program = program;
    this.#route = this.#buffers(gl);
    this.#arrow = this.#buffers(gl);
    this.#stale = true;
    this.#arrowStale = true;
  }

  onRemove(_map: unknown, gl: WebGL2RenderingContext): void {
    for (const buffers of [this.#route, this.#arrow]) {
      gl.deleteVertexArray(buffers?.array ?? null);
      gl.deleteBuffer(buffers?.buffer ?? null);
    }
    gl.deleteProgram(this.#program ?? null);
    this.#program = undefined;
    this.#route = undefined;
    this.#arrow = undefined;
    this.#gl = undefined;
  }

  render(_gl: unknown, input: CustomRenderMethodInput): void {
    const gl = this.#gl;
    const mesh = this.#mesh;
    if (gl === undefined || mesh === undefined || this.#program === undefined || mesh.count === 0) return;
    this.#upload(gl);
    const zoom = this.#zoom();
    const width = routeWidth(zoom);
    const pixel = 1 / (512 * 2 ** zoom);
    gl.useProgram(this.#program);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);

    const colours = this.#colours;
    const matrix = input.defaultProjectionData.mainMatrix;
    gl.uniformMatrix4fv(this.#at("matrix"), false, translated(matrix, mesh.originX, mesh.originY, this.#matrix));
    gl.uniform1f(this.#at("driven"), this.#driven);
    gl.uniform1f(this.#at("head"), 0);
    gl.uniform1f(this.#at("length"), 0);
    gl.uniform1f(this.#at("markEvery"), 0);
    this.#pass(gl, this.#route, mesh, pixel * (width / 2 + 3), colours.edge, colours.driven, 0);
    // Chevrons and bars keep their place on the road while the zoom changes, so their distance only doubles or halves.
    const every = 2 ** Math.round(Math.log2(110 * (40_075_016 / (512 * 2 ** zoom)) * 0.55));
    gl.uniform1f(this.#at("markEvery"), every * 0.25);
    gl.uniform3fv(this.#at("slow"), colours.slow);
    gl.uniform3fv(this.#at("queue"), colours.queue);
    gl.uniform3fv(this.#at("closed"), colours.closed);
    gl.uniform3fv(this.#at("chevronColour"), colours.edge);
    this.#pass(gl, this.#route, mesh, (pixel * width) / 2, colours.route, colours.driven, zoom > 14.2 ? every : 0);

    const arrow = this.#arrowMesh;
    if (arrow !== undefined && zoom > 14.5) {
      gl.uniformMatrix4fv(this.#at("matrix"), false, translated(matrix, arrow.originX, arrow.originY, this.#matrix));
      gl.uniform1f(this.#at("markEvery"), 0);
      gl.uniform1f(this.#at("driven"), -1);
      gl.uniform1f(this.#at("length"), this.#arrowLength);
      gl.uniform1f(this.#at("head"), pixel * (width * 1.25 + 3));
      this.#pass(gl, this.#arrow, arrow, pixel * (width / 2 + 1), colours.arrowEdge, colours.arrowEdge, 0);
      gl.uniform1f(this.#at("head"), pixel * width * 1.1);
      this.#pass(gl, this.#arrow, arrow, pixel * (width / 2 - 2.5), colours.arrow, colours.arrow, 0);
    }
    gl.bindVertexArray(null);
  }

  #pass(
    gl: WebGL2RenderingContext,
    buffers: Buffers | undefined,
    mesh: RouteMesh,
    half: number,
    colour: Float32Array,
    drivenColour: Float32Array,
    chevronEvery: number,
  ): void {
    gl.uniform1f(this.#at("half"), half);
    gl.uniform3fv(this.#at("colour"), colour);
    gl.uniform3fv(this.#at("drivenColour"), drivenColour);
    gl.uniform1f(this.#at("chevronEvery"), chevronEvery);
    gl.bindVertexArray(buffers?.array ?? null);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, mesh.count);
  }

  #at(name: (typeof uniformNames)[number]): WebGLUniformLocation | null {
    return this.#uniforms.get(name) ?? null;
  }

  #buffers(gl: WebGL2RenderingContext): Buffers {
    const buffers = { array: gl.createVertexArray(), buffer: gl.createBuffer() };
    gl.bindVertexArray(buffers.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers.buffer);
    for (const [slot, size, offset] of [
      [0, 4, 0],
      [1, 3, 16],
    ] as const) {
      gl.enableVertexAttribArray(slot);
      gl.vertexAttribPointer(slot, size, gl.FLOAT, false, piecePitch * 4, offset);
      gl.vertexAttribDivisor(slot, 1);
    }
    gl.bindVertexArray(null);
    return buffers;
  }

  #upload(gl: WebGL2RenderingContext): void {
    if (this.#stale && this.#mesh !== undefined && this.#route !== undefined) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#route.buffer);
      gl.bufferData(gl.ARRAY_BUFFER, this.#mesh.pieces, gl.STATIC_DRAW);
      this.#stale = false;
    }
    if (this.#arrowStale && this.#arrowMesh !== undefined && this.#arrow !== undefined) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#arrow.buffer);
      gl.bufferData(gl.ARRAY_BUFFER, this.#arrowMesh.pieces, gl.STATIC_DRAW);
      this.#arrowStale = false;
    }
  }
}
