//! MQTT against a real mosquitto: what is retained, what comes later, who is let in, and that all of it heals.

mod support;

#[path = "mqtt/broker.rs"]
mod broker;
#[path = "mqtt/doors.rs"]
mod doors;
#[path = "mqtt/office.rs"]
mod office;
#[path = "mqtt/seeds.rs"]
mod seeds;
