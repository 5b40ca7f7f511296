// Triangles of colour, interpolated between their corners.

struct Corner {
    @builtin(position) at: vec4<f32>,
    @location(0) color: vec4<f32>,
}

@vertex
fn corner(@location(0) at: vec2<f32>, @location(1) color: vec4<f32>) -> Corner {
    return Corner(vec4(at, 0.0, 1.0), color);
}

@fragment
fn paint(in: Corner) -> @location(0) vec4<f32> {
    return in.color;
}
