// A picture, premultiplied, filtered between its pixels.

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var smooth_: sampler;

struct Corner {
    @builtin(position) at: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) alpha: f32,
}

@vertex
fn corner(@location(0) at: vec2<f32>, @location(1) uv: vec2<f32>, @location(2) alpha: f32) -> Corner {
    return Corner(vec4(at, 0.0, 1.0), uv, alpha);
}

@fragment
fn paint(in: Corner) -> @location(0) vec4<f32> {
    return textureSampleLevel(picture, smooth_, in.uv, 0.0) * in.alpha;
}
