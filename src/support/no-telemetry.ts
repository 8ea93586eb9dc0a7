/**
 * ONNX Runtime keeps a record of sessions for its makers, in the user's cache folder, which it can send, and logs in the
 * temporary folder. It reads this switch when the library loads: so this module comes before it, and before a worker
 * starts, since a worker's own variables are no others' (Node copies them). Who has set it is asked no more.
 */
process.env.ORT_DISABLE_TELEMETRY ??= '1';
