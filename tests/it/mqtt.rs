//! Tests MQTT against a real mosquitto: retained boards, later ones, access, and the recovery from every fault.

mod broker;
mod doors;
mod office;
mod seeds;
