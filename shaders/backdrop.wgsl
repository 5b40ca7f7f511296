// The programme's backdrop: diagonal gradient, glow, leaning beams, hatch (DESIGN 4). Drawn seldom, kept as pixels.

struct Backdrop {
    gradient: array<vec4<f32>, 3>,
    glow: vec4<f32>,
    // x, y, radius in pixels; pixels per unit.
    glow_at: vec4<f32>,
    beam: vec4<f32>,
    hatch: vec4<f32>,
    // Width and height in pixels, number of beams, 1 for dither.
    frame: vec4<f32>,
    // Left and right end on the top edge, two beams in each.
    beams: array<vec4<f32>, 8>,
}

@group(0) @binding(0) var<uniform> b: Backdrop;

// sine and cosine of 12°, and the tangent as the canvas has it.
const SIN: f32 = 0.20791169;
const COS: f32 = 0.97814760;
const SLANT: f32 = 0.2126;

@vertex
fn corner(@builtin(vertex_index) i: u32) -> @builtin(position) vec4<f32> {
    // One triangle over the whole target.
    return vec4(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// How much of the line up to t is inked, in units: stripes 1.5 wide every 14.
fn ink(t: f32) -> f32 {
    let cell = floor(t / 14.0);
    return cell * 1.5 + min(t - cell * 14.0, 1.5);
}

@fragment
fn paint(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let p = at.xy;
    let uv = p / b.frame.xy;

    let g = (0.35 * uv.x + uv.y) / 1.1225;
    let low = mix(b.gradient[0].rgb, b.gradient[1].rgb, clamp(g / 0.55, 0.0, 1.0));
    var color = mix(low, b.gradient[2].rgb, clamp((g - 0.55) / 0.45, 0.0, 1.0));

    // Strength 1, .29, 0 at 0, half and all of the radius.
    let r = distance(p, b.glow_at.xy) / b.glow_at.z;
    let glow = select(mix(0.5806, 0.0, clamp(r, 0.0, 1.0)), mix(1.0, 0.2903, r * 2.0), r < 0.5);
    color = mix(color, b.glow.rgb, b.glow.a * glow);

    let fade = select(mix(0.5, 0.0, uv.y), mix(1.0, 0.2, uv.y / 0.6), uv.y < 0.6) * b.beam.a;
    let top = p.x + p.y * SLANT;
    for (var i = 0; i < i32(b.frame.z); i++) {
        let pair = b.beams[i / 2];
        let beam = select(pair.xy, pair.zw, i % 2 == 1);
        let cover = clamp((top - beam.x) * COS + 0.5, 0.0, 1.0) * clamp((beam.y - top) * COS + 0.5, 0.0, 1.0);
        color = mix(color, b.beam.rgb, fade * cover);
    }

    let unit = b.glow_at.w;
    let across = (p.x * COS + p.y * SIN) / unit;
    let half_pixel = 0.5 / unit;
    let hatch = (ink(across + half_pixel) - ink(across - half_pixel)) / (2.0 * half_pixel);
    color = mix(color, b.hatch.rgb, b.hatch.a * hatch);

    // Interleaved gradient noise, half a step up or down (Jimenez, "Next Generation Post Processing", 2014).
    let noise = fract(52.9829189 * fract(dot(floor(p), vec2(0.06711056, 0.00583715))));
    return vec4(color + (noise - 0.5) * b.frame.w / 255.0, 1.0);
}
