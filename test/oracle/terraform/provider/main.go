// A stand-in for the provider of AWS: its types, with what AWS assigns known only after the deployment. It calls nothing.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The embedded interface stands for all calls that a plan of new resources does not make.
type provider struct{ tfprotov5.ProviderServer }

func main() {
	serve := func() tfprotov5.ProviderServer { return provider{} }
	if err := tf5server.Serve("stand-in/aws", serve); err != nil {
		log.Fatal(err)
	}
}

func (provider) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	answer := &tfprotov5.GetMetadataResponse{ServerCapabilities: &tfprotov5.ServerCapabilities{}}
	for name := range resources {
		answer.Resources = append(answer.Resources, tfprotov5.ResourceMetadata{TypeName: name})
	}
	for name := range dataSources {
		answer.DataSources = append(answer.DataSources, tfprotov5.DataSourceMetadata{TypeName: name})
	}
	return answer, nil
}

func (provider) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	answer := &tfprotov5.GetProviderSchemaResponse{
		ServerCapabilities: &tfprotov5.ServerCapabilities{},
		Provider:           &tfprotov5.Schema{Block: settings.schema()},
		ResourceSchemas:    map[string]*tfprotov5.Schema{},
		DataSourceSchemas:  map[string]*tfprotov5.Schema{},
	}
	for name, block := range resources {
		answer.ResourceSchemas[name] = &tfprotov5.Schema{Block: block.schema()}
	}
	for name, block := range dataSources {
		answer.DataSourceSchemas[name] = &tfprotov5.Schema{Block: block.schema()}
	}
	return answer, nil
}

func (provider) PrepareProviderConfig(_ context.Context, request *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (provider) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (provider) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}

func (provider) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (provider) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

// Every resource is new.
func (provider) PlanResourceChange(_ context.Context, request *tfprotov5.PlanResourceChangeRequest) (*tfprotov5.PlanResourceChangeResponse, error) {
	block := resources[request.TypeName]
	proposed, err := request.ProposedNewState.Unmarshal(block.schema().ValueType())
	if err != nil {
		return nil, err
	}
	planned, err := tfprotov5.NewDynamicValue(block.schema().ValueType(), block.planned(proposed))
	return &tfprotov5.PlanResourceChangeResponse{PlannedState: &planned}, err
}

// Terraform itself waits with a data source of which an argument is not known.
func (provider) ReadDataSource(_ context.Context, request *tfprotov5.ReadDataSourceRequest) (*tfprotov5.ReadDataSourceResponse, error) {
	block := dataSources[request.TypeName]
	config, err := request.Config.Unmarshal(block.schema().ValueType())
	if err != nil {
		return nil, err
	}
	members := map[string]tftypes.Value{}
	if err := config.As(&members); err != nil {
		return nil, err
	}
	for name, value := range read(request.TypeName, members) {
		members[name] = value
	}
	state, err := tfprotov5.NewDynamicValue(config.Type(), tftypes.NewValue(config.Type(), members))
	return &tfprotov5.ReadDataSourceResponse{State: &state}, err
}
