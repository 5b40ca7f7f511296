// A picture, premultiplied, filtered between its pixels; a face is lit beside (DESIGN 4, Faces).

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var smooth_: sampler;

struct Corner {
    @builtin(position) at: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) alpha: f32,
    @location(2) middle: vec2<f32>,
    @location(3) toward: vec2<f32>,
    // Alpha: how far corners sink into it.
    @location(4) ground: vec4<f32>,
    // Whether it is a face, and how much of its colours is seen.
    @location(5) face: vec4<f32>,
    @location(6) rim: vec4<f32>,
}

@vertex
fn corner(
    @location(0) at: vec2<f32>,
    @location(1) uv: vec2<f32>,
    @location(2) alpha: f32,
    @location(3) middle: vec2<f32>,
    @location(4) toward: vec2<f32>,
    @location(5) ground: vec4<f32>,
    @location(6) face: vec4<f32>,
    @location(7) rim: vec4<f32>,
) -> Corner {
    return Corner(vec4(at, 0.0, 1.0), uv, alpha, middle, toward, ground, face, rim);
}

@fragment
fn paint(in: Corner) -> @location(0) vec4<f32> {
    let own = textureSampleLevel(picture, smooth_, in.uv, 0.0);
    if in.face.x == 0.0 {
        return own * in.alpha;
    }
    let alpha = own.a;
    let colour = own.rgb / max(alpha, 1.0 / 255.0);
    let grey = dot(colour, vec3(0.2126, 0.7152, 0.0722));
    let corners = smoothstep(0.55, 1.35, length(in.middle)) * in.ground.a;
    let seen = mix(mix(vec3(grey), colour, in.face.y), in.ground.rgb, corners);
    // Where the figure ends toward the light.
    let near = textureSampleLevel(picture, smooth_, in.uv + in.toward, 0.0).a;
    let far = textureSampleLevel(picture, smooth_, in.uv + 2.0 * in.toward, 0.0).a;
    let lit = max(alpha - 0.5 * (near + far), 0.0) * in.rim.a;
    return vec4(mix(seen, in.rim.rgb, lit) * alpha, alpha) * in.alpha;
}
