namespace Pipeline.Hosting.Functions;

/// <summary>A target made of several functions, each under its own path. It needs a constructor without parameters.</summary>
public interface IFunctionRoutes
{
    /// <summary>Says which function answers which path.</summary>
    void Map(FunctionRoutes routes);
}
