/// A run of rendered bytes and where it comes from; it begins where the run before it ends.
struct Segment: BitwiseCopyable, Sendable {
  /// The instruction that wrote the bytes.
  let op: Int32
  /// Just past the last byte.
  let end: Int32
  /// The entry of the input that was printed, or 0.
  let place: UInt32

  @inline(__always)
  init(_ op: Int, end: Int, place: UInt32) {
    self.op = Int32(truncatingIfNeeded: op)
    self.end = Int32(truncatingIfNeeded: end)
    self.place = place
  }
}

/// Structure at a place between two rendered bytes: it is never among them.
struct Mark: BitwiseCopyable, Sendable {
  enum Kind: UInt8, BitwiseCopyable {
    case role, history, part, media
  }

  let kind: Kind
  /// Of a role mark.
  var role = Role.user
  let op: Int32
  /// How many bytes had been rendered.
  let offset: Int32
  /// The name of a part or the URL of a medium, in the labels of the rendering.
  var label = LabelRange()
  /// The content type of a medium; nil without one.
  var contentType: LabelRange?
}

/// Bytes of a rendering's labels.
struct LabelRange: BitwiseCopyable, Sendable {
  var start: Int32 = 0
  var end: Int32 = 0
}
