# The worker for Cloud Run: all functions in one image, FUNCTION_TARGET says which one answers. Build it from the root of the repository.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish functions/Pipeline.Functions --configuration Release --output /app -property:RunAnalyzers=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
ENV PORT=8080
EXPOSE 8080
# The chiselled image has no root shell; its user is named so that a policy against root can see it.
USER $APP_UID
ENTRYPOINT ["dotnet", "Pipeline.Functions.dll"]
