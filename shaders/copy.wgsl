// Another target, pixel for pixel: frozen pictures, kept layers, the turned picture of an upright screen.

@group(0) @binding(0) var target_: texture_2d<f32>;

struct Corner {
    @builtin(position) at: vec4<f32>,
    @location(0) pixel: vec2<f32>,
    @location(1) alpha: f32,
}

@vertex
fn corner(@location(0) at: vec2<f32>, @location(1) pixel: vec2<f32>, @location(2) alpha: f32) -> Corner {
    return Corner(vec4(at, 0.0, 1.0), pixel, alpha);
}

@fragment
fn paint(in: Corner) -> @location(0) vec4<f32> {
    return vec4(textureLoad(target_, vec2<i32>(floor(in.pixel)), 0).rgb, in.alpha);
}
