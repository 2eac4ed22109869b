<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|MapTips" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules>
      <rule label="quá hạn" filter="overdue" symbol="0" key="overdue"/>
      <rule label="chưa bắt đầu" filter="status = 'not_started' AND NOT overdue" symbol="1" key="not-started"/>
      <rule label="chuẩn bị" filter="status = 'preparation' AND NOT overdue" symbol="2" key="preparation"/>
      <rule label="đang thực hiện" filter="status = 'in_progress' AND NOT overdue" symbol="3" key="in-progress"/>
      <rule label="hoàn thành" filter="status = 'completed' AND NOT overdue" symbol="4" key="completed"/>
      <rule label="hủy bỏ" filter="status = 'cancelled' AND NOT overdue" symbol="5" key="cancelled"/>
      <rule label="năm nay không có công việc" filter="status IS NULL" symbol="6" key="none"/>
      <rule label="sơ họa, không phải đo đạc (lòng trắng)" filter="position = 'sketch'" symbol="7" key="sketch"/>
      <rule label="chữ viết tắt của nhóm" filter="TRUE" symbol="8" key="letters"/>
    </rules>
    <symbols>
      <symbol type="marker" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="230,106,31,255"/>
            <Option name="size" type="QString" value="8"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="51,51,51,255"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
        <layer class="FontMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="font" type="QString" value="Arial"/>
            <Option name="font_style" type="QString" value="Bold"/>
            <Option name="chr" type="QString" value="!"/>
            <Option name="color" type="QString" value="255,255,255,255"/>
            <Option name="size" type="QString" value="4.5"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="offset" type="QString" value="4,-2.9"/>
            <Option name="offset_unit" type="QString" value="MM"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_width" type="QString" value="1"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
        </layer>
        <layer class="FontMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="font" type="QString" value="Arial"/>
            <Option name="font_style" type="QString" value="Bold"/>
            <Option name="chr" type="QString" value="!"/>
            <Option name="color" type="QString" value="17,17,17,255"/>
            <Option name="size" type="QString" value="4.5"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="offset" type="QString" value="4,-2.9"/>
            <Option name="offset_unit" type="QString" value="MM"/>
            <Option name="outline_width" type="QString" value="0"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="212,212,212,255"/>
            <Option name="size" type="QString" value="7"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="51,51,51,255"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="2" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="127,184,221,255"/>
            <Option name="size" type="QString" value="7"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="51,51,51,255"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="3" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="31,120,180,255"/>
            <Option name="size" type="QString" value="7"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="51,51,51,255"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="4" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="0,70,107,255"/>
            <Option name="size" type="QString" value="7"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="51,51,51,255"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
        <layer class="FontMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="font" type="QString" value="Arial"/>
            <Option name="font_style" type="QString" value="Bold"/>
            <Option name="chr" type="QString" value="✓"/>
            <Option name="color" type="QString" value="255,255,255,255"/>
            <Option name="size" type="QString" value="4.5"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="offset" type="QString" value="4,-2.9"/>
            <Option name="offset_unit" type="QString" value="MM"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_width" type="QString" value="1"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
        </layer>
        <layer class="FontMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="font" type="QString" value="Arial"/>
            <Option name="font_style" type="QString" value="Bold"/>
            <Option name="chr" type="QString" value="✓"/>
            <Option name="color" type="QString" value="17,17,17,255"/>
            <Option name="size" type="QString" value="4.5"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="offset" type="QString" value="4,-2.9"/>
            <Option name="offset_unit" type="QString" value="MM"/>
            <Option name="outline_width" type="QString" value="0"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="5" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="17,17,17,255"/>
            <Option name="size" type="QString" value="7"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="51,51,51,255"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
        <layer class="FontMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="font" type="QString" value="Arial"/>
            <Option name="font_style" type="QString" value="Bold"/>
            <Option name="chr" type="QString" value="×"/>
            <Option name="color" type="QString" value="255,255,255,255"/>
            <Option name="size" type="QString" value="4.5"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="offset" type="QString" value="4,-2.9"/>
            <Option name="offset_unit" type="QString" value="MM"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_width" type="QString" value="1"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
            <Option name="joinstyle" type="QString" value="round"/>
          </Option>
        </layer>
        <layer class="FontMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="font" type="QString" value="Arial"/>
            <Option name="font_style" type="QString" value="Bold"/>
            <Option name="chr" type="QString" value="×"/>
            <Option name="color" type="QString" value="17,17,17,255"/>
            <Option name="size" type="QString" value="4.5"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="offset" type="QString" value="4,-2.9"/>
            <Option name="offset_unit" type="QString" value="MM"/>
            <Option name="outline_width" type="QString" value="0"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="6" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="138,138,138,255"/>
            <Option name="size" type="QString" value="7"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="51,51,51,255"/>
            <Option name="outline_width" type="QString" value="0.3"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="7" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="255,255,255,255"/>
            <Option name="size" type="QString" value="5.2"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="51,51,51,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
        </layer>
      </symbol>
      <symbol type="marker" name="8" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="FontMarker" enabled="1" pass="0">
          <Option type="Map">
            <Option name="font" type="QString" value="Arial"/>
            <Option name="font_style" type="QString" value="Bold"/>
            <Option name="chr" type="QString" value="Ab"/>
            <Option name="color" type="QString" value="17,17,17,255"/>
            <Option name="size" type="QString" value="3"/>
            <Option name="size_unit" type="QString" value="MM"/>
            <Option name="outline_width" type="QString" value="0"/>
          </Option>
          <data_defined_properties>
            <Option type="Map">
              <Option name="name" type="QString" value=""/>
              <Option name="properties" type="Map">
                <Option name="char" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="CASE WHEN layer = 'roads' THEN 'Đ' WHEN layer = 'irrigation' THEN 'TL' WHEN layer = 'schools' THEN 'TH' WHEN layer = 'health_stations' THEN 'YT' WHEN layer = 'villages' THEN 'L' WHEN layer = 'culture' THEN 'VH' WHEN layer = 'markets' THEN 'C' WHEN layer = 'communications' THEN 'TT' WHEN layer = 'electricity' THEN 'Đi' WHEN layer = 'water_supply' THEN 'N' WHEN layer = 'housing' THEN 'NO' WHEN layer = 'environment' THEN 'MT' WHEN layer = 'planning' THEN 'QH' ELSE '•' END"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
                <Option name="fillColor" type="Map">
                  <Option name="active" type="bool" value="true"/>
                  <Option name="expression" type="QString" value="if(position &lt;&gt; 'sketch' AND NOT overdue AND status IN ('in_progress', 'completed', 'cancelled'), '#ffffff', '#111111')"/>
                  <Option name="type" type="int" value="3"/>
                </Option>
              </Option>
              <Option name="type" type="QString" value="collection"/>
            </Option>
          </data_defined_properties>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings>
      <text-style fieldName="name" isExpression="1" fontFamily="Arial" fontSize="9" fontSizeUnit="Point" fontWeight="50" namedStyle="Regular" textColor="17,17,17,255" textOpacity="1" multilineHeight="1.1">
        <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1" bufferJoinStyle="128"/>
      </text-style>
      <text-format multilineAlign="1"/>
      <placement placement="6" dist="1" distUnits="MM" offsetType="1" predefinedPositionOrder="R,L,T,B,TR,BR,TL,BL" priority="5"/>
      <rendering scaleVisibility="1" scaleMin="1" scaleMax="60000"/>
    </settings>
  </labeling>
  <aliases>
    <alias field="name" name="tên"/>
    <alias field="unit_code" name="mã xã, thị trấn"/>
    <alias field="unit_name" name="xã, thị trấn"/>
    <alias field="layer" name="nhóm (mã)"/>
    <alias field="layer_vi" name="nhóm"/>
    <alias field="note" name="ghi chú"/>
    <alias field="asset_clause" name="mục của kế hoạch"/>
    <alias field="position" name="cách xác định vị trí (mã)"/>
    <alias field="position_vi" name="cách xác định vị trí"/>
    <alias field="source" name="nguồn vị trí"/>
    <alias field="length_m" name="chiều dài [m]"/>
    <alias field="works" name="số công việc"/>
    <alias field="overdue" name="quá hạn"/>
    <alias field="quantity" name="khối lượng"/>
    <alias field="criterion" name="tiêu chí"/>
    <alias field="status" name="tình trạng (mã)"/>
    <alias field="status_vi" name="tình trạng"/>
    <alias field="measure" name="đơn vị tính"/>
    <alias field="office" name="cơ quan chủ trì"/>
    <alias field="clause" name="mục của kế hoạch (công việc)"/>
    <alias field="work_names" name="công việc"/>
    <alias field="asset_id" name="mã đối tượng"/>
    <alias field="count" name="số lượng"/>
    <alias field="class" name="loại (mã)"/>
    <alias field="class_vi" name="loại"/>
  </aliases>
  <previewExpression>name</previewExpression>
  <mapTip>&lt;b&gt;[% name %]&lt;/b&gt;&lt;br&gt;[% unit_name %] – [% coalesce(status_vi, 'năm nay không có công việc') || if(overdue, ', quá hạn', '') %]&lt;br&gt;&lt;i&gt;[% position_vi %]&lt;/i&gt;</mapTip>
</qgis>
