// A picture, premultiplied, filtered between its pixels: in its own colours, or a face in two (DESIGN 4, Faces).

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var smooth_: sampler;

struct Corner {
    @builtin(position) at: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) alpha: f32,
    @location(2) middle: vec2<f32>,
    @location(3) toward: vec2<f32>,
    // Alpha: strength of the vignette.
    @location(4) dark: vec4<f32>,
    // Alpha 0: no face.
    @location(5) light: vec4<f32>,
    @location(6) rim: vec4<f32>,
}

@vertex
fn corner(
    @location(0) at: vec2<f32>,
    @location(1) uv: vec2<f32>,
    @location(2) alpha: f32,
    @location(3) middle: vec2<f32>,
    @location(4) toward: vec2<f32>,
    @location(5) dark: vec4<f32>,
    @location(6) light: vec4<f32>,
    @location(7) rim: vec4<f32>,
) -> Corner {
    return Corner(vec4(at, 0.0, 1.0), uv, alpha, middle, toward, dark, light, rim);
}

@fragment
fn paint(in: Corner) -> @location(0) vec4<f32> {
    let own = textureSampleLevel(picture, smooth_, in.uv, 0.0);
    if in.light.a == 0.0 {
        return own * in.alpha;
    }
    // A face's texture has its lightness and its alpha.
    let alpha = own.g;
    let grey = own.r / max(alpha, 1.0 / 255.0);
    let corners = smoothstep(0.55, 1.35, length(in.middle)) * in.dark.a;
    // No further than white and black: skin and a white shirt must not become one.
    let duotone = mix(in.dark.rgb, in.light.rgb, smoothstep(-0.06, 1.06, grey) * (1.0 - corners));
    // Where the figure ends toward the light.
    let near = textureSampleLevel(picture, smooth_, in.uv + in.toward, 0.0).g;
    let far = textureSampleLevel(picture, smooth_, in.uv + 2.0 * in.toward, 0.0).g;
    let lit = max(alpha - 0.5 * (near + far), 0.0) * in.rim.a;
    return vec4(mix(duotone, in.rim.rgb, lit) * alpha, alpha) * in.alpha;
}
