using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>The steps and values of a plan while it is compiled. A value is kept in the form it was made in; the other form is made when somebody needs it.</summary>
internal sealed class PlanBuilder
{
    private readonly Dictionary<Value, PlanValue> _plain = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, PlanValue> _blocked = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, PlanValue> _held = new(ReferenceEqualityComparer.Instance);
    private readonly List<PlanStep> _steps = [];
    private readonly Dictionary<Value, PlanValue> _joined = new(ReferenceEqualityComparer.Instance);
    private readonly HaloMap _halos;
    private readonly ConcatMap _homes;

    public PlanBuilder(Graph graph, WeightPacker packer)
    {
        Packer = packer;
        _halos = new HaloMap(graph);
        _homes = new ConcatMap(graph, _halos);
        for (var index = 0; index < graph.Inputs.Count; index++)
        {
            var input = graph.Inputs[index];
            if (input.DataType != DataType.Float32)
            {
                Hold(input, index);
                continue;
            }

            var shape = input.Shape.ToShape();
            _plain[input] = new PlanValue(input.Name, shape, Layout.Plain(shape)) { Buffer = new PlanBuffer(index, 0) };
        }
    }

    public WeightPacker Packer { get; }

    public IReadOnlyList<PlanStep> Steps => _steps;

    /// <summary>How many values are not float32, and so are held outside the arena.</summary>
    public int HeldValues => _held.Count;

    public void Add(PlanStep step) => _steps.Add(step);

    /// <summary>Whether a value is held outside the arena: one of another type than float32 that is no constant.</summary>
    public bool IsHeld(Value value) => _held.ContainsKey(value);

    /// <summary>Whether a value was made in blocks of channels.</summary>
    public bool IsBlocked(Value value) => _blocked.ContainsKey(value) && !_plain.ContainsKey(value);

    /// <summary>Lets a node be interpreted.</summary>
    public void Interpret(Node node)
    {
        PlanValue?[] inputs = [.. node.Inputs.Select(input => input.Constant is null ? Any(input) : null)];
        PlanValue[] outputs = [.. node.Outputs.Select(output => output.DataType == DataType.Float32 ? MakePlain(output) : Hold(output))];
        Add(new InterpretedStep(node, inputs, outputs));
    }

    /// <summary>A value of any type that is no constant, plain.</summary>
    public PlanValue Any(Value value) => _held.TryGetValue(value, out var held) ? held : Plain(value);

    /// <summary>Whether a value lies in the arena or is an input of float32: constants do not, nor do values of other types.</summary>
    public bool Has(Value value) => _plain.ContainsKey(value) || _blocked.ContainsKey(value);

    /// <summary>A value as plain rows.</summary>
    public PlanValue Plain(Value value)
    {
        if (!_plain.TryGetValue(value, out var plain))
        {
            var blocked = _blocked[value];
            if (AreAlike(blocked.Shape, _halos[value]) && (blocked.Owner is null || blocked.Shape[0] == 1))
            {
                Alias(value, blocked);
                return _plain[value];
            }

            plain = new PlanValue(value.Name, blocked.Shape, Layout.Plain(blocked.Shape));
            _plain.Add(value, plain);
            Add(new ToPlainStep(blocked, plain));
        }

        return plain;
    }

    /// <summary>A picture in blocks of channels.</summary>
    public PlanValue Blocked(Value value)
    {
        if (!_blocked.TryGetValue(value, out var blocked))
        {
            var plain = _plain[value];
            if (AreAlike(plain.Shape, _halos[value]) && plain.Shape[3] % Layout.BlockSize == 0 && _homes.Find(value) is null)
            {
                blocked = new PlanValue(value.Name, plain.Shape, Layout.Blocked16(plain.Shape, default, 0)) { Owner = plain.Owner ?? plain, OwnerOffset = plain.OwnerOffset };
                _blocked.Add(value, blocked);
                return blocked;
            }

            blocked = MakeBlocked(value);
            Add(new ToBlockedStep(plain, blocked));
        }

        return blocked;
    }

    /// <summary>A constant of float32 numbers, plain; the lanes behind its last element are zero.</summary>
    public PlanValue Constant(Value value)
    {
        var source = value.Constant!;
        return new PlanValue(value.Name, source.Shape, Layout.Plain(source.Shape)) { Constant = Packer.Vector(source, source.Shape.ElementCount) };
    }

    /// <summary>Declares a plain value that the next step makes.</summary>
    public PlanValue MakePlain(Value value)
    {
        var shape = value.Shape.ToShape();
        var plain = new PlanValue(value.Name, shape, Layout.Plain(shape));
        _plain.Add(value, plain);
        return plain;
    }

    /// <summary>Declares a blocked value that the next step makes, behind the step that fills its halo.</summary>
    public PlanValue MakeBlocked(Value value)
    {
        var blocked = Reserve(value);
        _blocked.Add(value, blocked);
        return blocked;
    }

    /// <summary>Whether a blocked value was made where a joined one has it.</summary>
    public bool IsInPlace(Value value, Value joined, int channel) =>
        _homes.Find(value) is { } home && ReferenceEquals(home.Joined, joined) && home.Channel == channel;

    /// <summary>Memory for a blocked value: a part of the joined value that it goes into, or its own.</summary>
    private PlanValue Reserve(Value value)
    {
        if (_joined.TryGetValue(value, out var reserved))
        {
            return reserved;
        }

        var shape = value.Shape.ToShape();
        if (_homes.Find(value) is { } home)
        {
            var whole = Reserve(home.Joined);
            _joined[home.Joined] = whole;
            return whole.Part(home.Channel / Layout.BlockSize, shape[3], value.Name);
        }

        var halo = _halos[value];
        var blocked = new PlanValue(value.Name, shape, Layout.Blocked16(shape, halo, 0));
        if (halo != default)
        {
            Add(new HaloStep(blocked));
        }

        return blocked;
    }

    /// <summary>Lets a value be another view of a plain one.</summary>
    public void Alias(Value value, PlanValue plain)
    {
        var shape = value.Shape.ToShape();
        _plain.Add(value, new PlanValue(value.Name, shape, Layout.Plain(shape)) { Owner = plain.Owner ?? plain, OwnerOffset = plain.OwnerOffset });
    }

    /// <summary>Pictures of one pixel lie the same way in blocks as plain, up to the lanes beyond the last channel.</summary>
    private static bool AreAlike(Shape shape, Halo halo) =>
        shape[1] == 1 && shape[2] == 1 && halo == default && (shape[0] == 1 || shape[3] % Layout.BlockSize == 0);

    /// <param name="input">The number of the graph's input that it is; null: it is none.</param>
    private PlanValue Hold(Value value, int? input = null)
    {
        var shape = value.Shape.ToShape();
        var held = new PlanValue(value.Name, shape, Layout.Plain(shape)) { Held = _held.Count, HeldInput = input };
        _held.Add(value, held);
        return held;
    }
}
