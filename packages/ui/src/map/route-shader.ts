/**
 * Each piece of the line is a rectangle around it; the fragment measures its distance to the piece, which gives round joins and soft edges.
 * The last piece of an arrow is longer and carries the head. Web Mercator units throughout, metres for what is counted along the line.
 */
export const vertexShader = `#version 300 es
layout(location = 0) in vec4 a_ends;
layout(location = 1) in vec3 a_metres;
uniform mat4 u_matrix;
uniform float u_half;
uniform float u_head;
out vec2 v_place;
flat out vec3 v_piece;
flat out float v_level;
void main() {
  vec2 from = a_ends.xy;
  vec2 to = a_ends.zw;
  float size = max(distance(from, to), 1e-12);
  vec2 direction = (to - from) / size;
  float reach = max(u_half, u_head * 1.5) * 1.15;
  float side = float(gl_VertexID & 1) * 2.0 - 1.0;
  float along = gl_VertexID < 2 ? -reach : size + reach;
  float across = side * reach;
  v_place = vec2(along, across);
  v_piece = vec3(size, a_metres.xy);
  v_level = a_metres.z;
  gl_Position = u_matrix * vec4(from + direction * along + vec2(-direction.y, direction.x) * across, 0.0, 1.0);
}`;

export const fragmentShader = `#version 300 es
precision highp float;
in vec2 v_place;
flat in vec3 v_piece;
flat in float v_level;
uniform float u_half;
uniform float u_head;
uniform float u_driven;
uniform float u_length;
uniform float u_chevronEvery;
uniform vec3 u_colour;
uniform vec3 u_drivenColour;
uniform vec3 u_chevronColour;
uniform float u_markEvery;
uniform vec3 u_slow;
uniform vec3 u_queue;
uniform vec3 u_closed;
out vec4 colour;
void main() {
  float size = v_piece.x;
  float along = clamp(v_place.x, 0.0, size);
  float away = length(vec2(v_place.x - along, v_place.y));
  float soft = max(fwidth(away), 1e-12);
  float cover = 1.0 - smoothstep(u_half - soft, u_half + soft * 0.2, away);
  float metresPerUnit = v_piece.z / size;
  if (u_head > 0.0 && v_piece.y + v_piece.z > u_length - 0.01) {
    float back = size + u_head * 0.75 - v_place.x;
    float wide = back * 0.62 - abs(v_place.y);
    float tail = u_head * 1.5 - back;
    float head = min(min(back, wide), tail);
    float headSoft = max(fwidth(head), 1e-12);
    cover = max(cover, smoothstep(-headSoft, headSoft, head));
  }
  if (cover <= 0.0) discard;
  float metres = v_piece.y + clamp(v_place.x, 0.0, size) * metresPerUnit;
  bool isDriven = metres < u_driven;
  vec3 tone = isDriven ? u_drivenColour : u_colour;
  bool isMarked = u_markEvery > 0.0 && v_level > 0.5 && !isDriven;
  if (isMarked) {
    float metresPerHalf = metresPerUnit * u_half;
    float run = v_piece.y + v_place.x * metresPerUnit;
    tone = v_level < 1.5 ? u_slow : v_level < 2.5 ? u_queue : u_closed;
    // Bars across the road where cars stand, slanted stripes where nobody may go: to be told apart without their colours.
    float lean = v_level > 2.5 ? v_place.y * metresPerUnit : 0.0;
    float every = v_level > 2.5 ? u_markEvery : u_markEvery * 0.5;
    float bar = abs(mod(run + lean, every) - every * 0.5) - every * (v_level > 2.5 ? 0.25 : 0.13);
    float barSoft = max(fwidth(run), metresPerHalf * 0.02);
    float mark = v_level < 1.5 ? 0.0 : 1.0 - smoothstep(-barSoft, barSoft, bar);
    tone = mix(tone, v_level > 2.5 ? vec3(1.0) : u_chevronColour, mark * (v_level > 2.5 ? 0.95 : 0.42));
  }
  if (u_chevronEvery > 0.0 && !isDriven && !isMarked) {
    float x = (mod(v_piece.y + v_place.x * metresPerUnit, u_chevronEvery) - u_chevronEvery * 0.5) / metresPerUnit / u_half;
    float y = abs(v_place.y) / u_half;
    float line = abs(x + y * 0.9) - 0.2;
    float lineSoft = max(fwidth(line), 1e-4);
    float chevron = (1.0 - smoothstep(-lineSoft, lineSoft, line)) * (1.0 - smoothstep(0.52, 0.62, y));
    tone = mix(tone, u_chevronColour, chevron * 0.8);
  }
  colour = vec4(tone * cover, cover);
}`;
