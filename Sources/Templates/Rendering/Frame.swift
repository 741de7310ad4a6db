/// A block or a partial that is being rendered.
struct Frame: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable {
    /// Entered once.
    case value
    /// Entered for each member of `container`.
    case list, map
    /// A partial, the block of one, or the whole template.
    case call
  }

  var kind: Kind
  /// The context inside.
  var cell: Cell
  /// What is looped over.
  var container = Cell.missing
  /// The member of `container` that is the context.
  var index: Int32 = 0
  /// The frame whose context `../` reaches; -1 for none.
  var parent: Int32
  /// The instruction to go back to: the body of a loop, or what follows a call.
  var resume: Int32
  /// What the names of blocks mean around the frame, where that is not what it restores.
  var outerNames: Int32
  /// What is restored behind the frame.
  var saved: Registers
  /// Of a call: the newest definition of an inline partial.
  var definitions: Int32 = -1
  /// Of a call: the closure that `@partial-block` is, or why it is none.
  var block = Frame.inherited
  /// How much had been made before the frame.
  var made: Int32 = 0
  var scratch: Int32 = 0
  var closures: Int32 = 0
  var indentations: Int32 = 0

  /// `@partial-block` is that of the frame around.
  static let inherited: Int32 = -2
  /// There is no `@partial-block`.
  static let noBlock: Int32 = -1

  var isLoop: Bool { kind == .list || kind == .map }
}

/// Which frames names are looked for in.
struct Registers: BitwiseCopyable {
  /// The frame that holds the context.
  var context: Int32
  /// The frame whose `@index` and block are the nearest.
  var data: Int32
  /// The frame of the nearest block that names its item; -1 for none.
  var names: Int32
  /// The frame of the template that is being rendered.
  var activation: Int32
}

/// Nodes that are called later, in the contexts around them.
struct BlockClosure: BitwiseCopyable {
  /// The body in the program.
  let body: Int32
  /// Of an inline partial: its name.
  let name: Int32
  let context: Int32
  let names: Int32
  let activation: Int32
  /// Of an inline partial: the definition before it.
  let next: Int32
}
