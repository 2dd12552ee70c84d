namespace Pipeline.Fixtures.Format;

/// <summary>A value passes if |got - want| is at most <see cref="Absolute"/> + <see cref="Relative"/> · |want|; both 0 = exactly equal.</summary>
public readonly record struct FixtureTolerance(double Relative, double Absolute);
