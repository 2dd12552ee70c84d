using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Restoring;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>The variables of a graph: constants, but for those that a reached operator assigns, which are state of a session.</summary>
internal sealed class TranslatedVariables
{
    private readonly GraphBuilder _builder;
    private readonly VariableValues _values;
    private readonly HashSet<string> _assigned;
    private readonly Dictionary<string, Value> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GraphVariable> _states = new(StringComparer.Ordinal);

    /// <param name="assigned">The keys of the variables that are assigned, see <see cref="VariableKey"/>.</param>
    public TranslatedVariables(GraphBuilder builder, VariableValues values, HashSet<string> assigned)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(assigned);
        _builder = builder;
        _values = values;
        _assigned = assigned;
    }

    /// <summary>Whether a variable's own output is its value (TF1's reference variables) and no handle.</summary>
    public static bool IsReference(FlatNode variable) => variable.Op != "VarHandleOp";

    /// <summary>What a variable holds at this point of the order.</summary>
    public Value Read(FlatNode variable, string name)
    {
        var key = VariableKey.Of(variable);
        if (_assigned.Contains(key))
        {
            return _builder.Add(name, new ReadVariable(State(variable)));
        }

        if (!_constants.TryGetValue(key, out var value))
        {
            value = GraphBuilder.Constant(variable.Name, _values.Find(variable));
            _constants.Add(key, value);
        }

        return value;
    }

    /// <summary>The state of a variable that is assigned.</summary>
    public GraphVariable State(FlatNode variable)
    {
        var key = VariableKey.Of(variable);
        if (!_states.TryGetValue(key, out var state))
        {
            var initial = _values.Find(variable);
            state = _builder.AddVariable(variable.Name, initial.Shape, initial);
            _states.Add(key, state);
        }

        return state;
    }
}
