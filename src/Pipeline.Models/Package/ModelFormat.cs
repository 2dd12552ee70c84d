namespace Pipeline.Models.Package;

/// <summary>What a model's files are.</summary>
public enum ModelFormat
{
    /// <summary>TensorFlow's folder of <c>saved_model.pb</c>, <c>variables/</c> and <c>assets/</c>.</summary>
    SavedModel,
}
