//! Shaders: each is valid, asks for nothing beyond the weakest GPU, and can be said in its language (GLSL ES 3.00).

use naga::back::glsl;
use naga::valid::{Capabilities, ValidationFlags, Validator};

use crate::code::files;

/// Parses, validates without optional capabilities, and translates every entry point for OpenGL ES 3.0.
fn examine(source: &str) -> Result<(), String> {
    let module = naga::front::wgsl::parse_str(source).map_err(|error| error.emit_to_string(source))?;
    let info = Validator::new(ValidationFlags::all(), Capabilities::empty())
        .validate(&module)
        .map_err(|error| error.emit_to_string(source))?;
    if module.entry_points.is_empty() {
        return Err("it has no entry point".to_owned());
    }
    for entry in &module.entry_points {
        let options = glsl::Options {
            version: glsl::Version::Embedded { version: 300, is_webgl: false },
            ..glsl::Options::default()
        };
        let pipeline =
            glsl::PipelineOptions { shader_stage: entry.stage, entry_point: entry.name.clone(), multiview: None };
        let mut out = String::new();
        let policies = naga::proc::BoundsCheckPolicies::default();
        glsl::Writer::new(&mut out, &module, &info, &options, &pipeline, policies)
            .and_then(|mut writer| writer.write())
            .map_err(|error| format!("{}: not in OpenGL ES 3.0: {error}", entry.name))?;
    }
    Ok(())
}

#[test]
fn every_shader_holds() {
    let shaders = files("shaders", "wgsl");
    assert_eq!(shaders.is_empty(), files("src/gpu", "rs").is_empty(), "shaders are under shaders/");
    for shader in shaders {
        if let Err(error) = examine(&shader.text) {
            panic!("{}: {error}", shader.path);
        }
    }
}

#[test]
fn bad_shaders_are_caught() {
    let vertex = "@vertex fn main() -> @builtin(position) vec4f { return vec4f(); }";
    assert_eq!(examine(vertex), Ok(()));
    for (source, says) in [
        ("fn main( {}", "expected"),
        ("@fragment fn main() -> @location(0) vec4f { return vec3f(); }", "vec"),
        ("@fragment fn main(@location(0) x: f64) -> @location(0) vec4f { return vec4f(f32(x)); }", "f64"),
        ("const x = 1;", "no entry point"),
        (
            "@group(0) @binding(0) var<storage, read_write> x: array<u32>; @compute @workgroup_size(1) fn main() { x[0] = 1u; }",
            "OpenGL ES",
        ),
    ] {
        let error = examine(source).unwrap_err();
        assert!(error.contains(says), "{source}: {error}");
    }
}
