//! Tests MQTT against a real mosquitto: retained boards, later ones, access, and the recovery from every fault.

mod support;

#[path = "mqtt/broker.rs"]
mod broker;
#[path = "mqtt/doors.rs"]
mod doors;
#[path = "mqtt/office.rs"]
mod office;
#[path = "mqtt/seeds.rs"]
mod seeds;
